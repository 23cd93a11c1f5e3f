"""A shop's working hours, and what may be sent without an agent: read by everybody there, set by shift leaders."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from contracts.hours import Hours, describe, weekday_name
from contracts.policy import AutoPolicy
from contracts.shop import Shop
from desk.hours_record import HoursRecord, record_of
from desk.last_night import Trial
from desk.people.access import Right, Scope, require, require_anywhere
from desk.routes.access import CallerOf
from desk.routes.services import ServiceOf
from desk.service import Service
from desk.shifts import Calendar, Stretch
from desk.shops import AutoRecord
from desk.storage.shop_settings import Setting, SettingKind, settings_of
from desk.wire import handover_json, outcome_json

router = APIRouter(prefix="/v1", tags=["shifts"])

PREVIEW = 14
"""Days that a preview shows."""

_Version = Annotated[
    int | None,
    Field(ge=0, description="`version` of what was looked at: 409 when it was changed since. Null: whatever."),
]


class SetBy(BaseModel):
    """Whose word holds: the shop's file (`version` 0 when it was never set otherwise), or who set it and when."""

    source: Literal["file", "set"]
    version: int
    changed_by: str
    changed_at: datetime | None

    @classmethod
    def of(cls, setting: Setting | None) -> SetBy:
        """The origin of a value."""
        if setting is None:
            return cls(source="file", version=0, changed_by="", changed_at=None)
        return cls(
            source="set" if setting.value is not None else "file",
            version=setting.version,
            changed_by=setting.changed_by,
            changed_at=setting.changed_at,
        )


class SpanSchema(BaseModel):
    """A span of one shift; an end on the next day says so by its date."""

    shift: str
    start: datetime
    end: datetime

    @classmethod
    def of(cls, stretch: Stretch) -> SpanSchema:
        """The span as it is told."""
        return cls(shift=stretch.shift, start=stretch.start, end=stretch.end)


class DaySchema(BaseModel):
    """A day of the calendar: its spans, and what makes it special."""

    day: date
    weekday: str
    note: Literal["", "exception", "holiday", "makeup"]
    spans: list[SpanSchema]


class HoursAnswer(BaseModel):
    """A shop's hours as their file would write them, in words, and what they make of the next days.

    `open` says how the shop stands now; `shift` is null while it is closed.
    """

    hours: HoursRecord
    text: str
    timezone: str
    set_by: SetBy
    open: bool
    shift: str | None
    closes_at: datetime | None
    opens_at: datetime | None
    days: list[DaySchema]


class HoursRequest(BaseModel):
    """Hours to be set; null goes back to those of the shop's file."""

    model_config = ConfigDict(extra="forbid")

    hours: HoursRecord | None
    version: _Version = None


class PreviewAnswer(BaseModel):
    """What hours would make of the next days."""

    text: str
    days: list[DaySchema]


class PresetSchema(BaseModel):
    """A ready set of shifts."""

    name: str
    title: str
    hours: HoursRecord


class PolicyAnswer(BaseModel):
    """What may be sent without an agent; no topics means every one. `sending` false: nothing is, in any shop."""

    auto: AutoRecord
    set_by: SetBy
    sending: bool


class PolicyRequest(BaseModel):
    """A policy to be set; null goes back to that of the shop's file."""

    model_config = ConfigDict(extra="forbid")

    auto: AutoRecord | None
    version: _Version = None


class TriedText(BaseModel):
    """A text that would have been sent."""

    text: str
    reply_id: str


class TriedLineSchema(BaseModel):
    """A buyer's line of that night, who would have answered it, why, and with what."""

    at: datetime
    text: str
    route: Literal["panel", "auto", "hold"]
    reason: str
    would_send: list[TriedText]


class TriedTalkSchema(BaseModel):
    """A conversation of that night; `handover` as it would stand in the morning."""

    conversation: str
    buyer: str
    lines: list[TriedLineSchema]
    handover: dict[str, Any] | None


class TrialAnswer(BaseModel):
    """Some of the conversations of the last closed period; the next page is asked for with `after` = `next`."""

    since: datetime | None
    until: datetime | None
    total: int
    talks: list[TriedTalkSchema]
    next: str | None


@router.get("/hours/presets")
def read_presets(caller: CallerOf, service: ServiceOf) -> list[PresetSchema]:
    """The ready sets of shifts."""
    require_anywhere(caller, Right.READ, Scope.MESSAGES_READ)
    presets = service.desk.shops.presets
    return [
        PresetSchema(name=name, title=preset.title, hours=record_of(Hours(preset.shifts)))
        for name, preset in presets.items()
    ]


@router.get("/shops/{shop}/hours")
def read_hours(shop: str, caller: CallerOf, service: ServiceOf) -> HoursAnswer:
    """The hours that hold now, with the next 14 days."""
    require(caller, shop, Right.READ, Scope.MESSAGES_READ)
    return _hours(service, shop)


@router.put("/shops/{shop}/hours")
def set_hours(shop: str, request: HoursRequest, caller: CallerOf, service: ServiceOf) -> HoursAnswer:
    """Set the hours; every part of the desk goes by them at once."""
    require(caller, shop, Right.LEAD)
    service.settings.set_hours(shop, request.hours, request.version, caller.actor)
    return _hours(service, shop)


@router.post("/shops/{shop}/hours/preview")
def preview_hours(shop: str, request: HoursRecord, caller: CallerOf, service: ServiceOf) -> PreviewAnswer:
    """What hours would make of the next 14 days; nothing is set."""
    require(caller, shop, Right.LEAD)
    hours = service.settings.hours(request)
    known = service.desk.shops.find(shop)
    return PreviewAnswer(text=describe(hours), days=_days(service, known, hours))


@router.get("/shops/{shop}/auto")
def read_policy(shop: str, caller: CallerOf, service: ServiceOf) -> PolicyAnswer:
    """What may be sent without an agent."""
    require(caller, shop, Right.READ, Scope.MESSAGES_READ)
    return _policy(service, shop)


@router.put("/shops/{shop}/auto")
def set_policy(shop: str, request: PolicyRequest, caller: CallerOf, service: ServiceOf) -> PolicyAnswer:
    """Set what may be sent without an agent; what is being answered at this moment is not sent any more."""
    require(caller, shop, Right.LEAD)
    service.settings.set_policy(shop, request.auto, request.version, caller.actor)
    return _policy(service, shop)


@router.post("/shops/{shop}/auto/trial")
def try_policy(
    shop: str,
    policy: AutoRecord,
    caller: CallerOf,
    service: ServiceOf,
    after: Annotated[str, Query(pattern=r"^[0-9a-f]{0,40}$", description="`next` of the page before.")] = "",
    limit: Annotated[int, Query(ge=1, le=20)] = 10,
) -> TrialAnswer:
    """What a policy would have done with the conversations of the last closed period; nothing is sent."""
    require(caller, shop, Right.LEAD)
    wanted = policy.policy(service.settings.taxonomy)
    return _trial(service.last_night.try_policy(shop, wanted, after, limit))


def _hours(service: Service, shop: str) -> HoursAnswer:
    with service.database.reading() as connection:
        known = service.settings.shop(connection, shop)
        setting = settings_of(connection, shop).get(SettingKind.HOURS)
    standing = Calendar.of(known).at(service.clock())
    return HoursAnswer(
        hours=record_of(known.hours),
        text=describe(known.hours),
        timezone=known.timezone,
        set_by=SetBy.of(setting),
        open=standing.open,
        shift=standing.shift,
        closes_at=standing.closes_at,
        opens_at=standing.opens_at,
        days=_days(service, known, known.hours),
    )


def _policy(service: Service, shop: str) -> PolicyAnswer:
    with service.database.reading() as connection:
        auto: AutoPolicy = service.settings.shop(connection, shop).auto
        setting = settings_of(connection, shop).get(SettingKind.AUTO)
    record = AutoRecord(mode=auto.mode.value, topics=sorted(auto.topics), quiet_minutes=auto.quiet_minutes)
    return PolicyAnswer(auto=record, set_by=SetBy.of(setting), sending=service.desk.settings.night.send)


def _days(service: Service, shop: Shop, hours: Hours) -> list[DaySchema]:
    calendar = Calendar.with_hours(shop, hours)
    today = calendar.local(service.clock()).date()
    return [
        DaySchema(
            day=day,
            weekday=weekday_name(day.weekday()),
            note=calendar.day_note(day),
            spans=[SpanSchema.of(stretch) for stretch in calendar.openings(day)],
        )
        for day in (today + timedelta(days=ahead) for ahead in range(PREVIEW))
    ]


def _trial(trial: Trial) -> TrialAnswer:
    talks = []
    for tried in trial.talks:
        records = [(line, outcome_json(line.outcome)) for line in tried.lines]
        last = tried.lines[-1].outcome.handover if tried.lines else None
        talks.append(
            TriedTalkSchema(
                conversation=tried.conversation.id,
                buyer=tried.conversation.buyer_name or tried.conversation.buyer,
                lines=[
                    TriedLineSchema(
                        at=line.at,
                        text=line.text,
                        route=record["route"],
                        reason=record["reason"],
                        would_send=record["would_send"],
                    )
                    for line, record in records
                ],
                handover=handover_json(last) if last else None,
            )
        )
    return TrialAnswer(since=trial.since, until=trial.until, total=trial.total, talks=talks, next=trial.next)
