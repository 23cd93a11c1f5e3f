"""Response clocks: how long a platform lets a buyer wait, as dated data, `data/clocks/<platform>.yml`."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from enum import Enum
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from contracts.errors import DataError, InputError
from contracts.hours import WEEK, Hours, Shift, clock, merged
from contracts.platform import Platform
from desk.hours_record import parse_span
from desk.shifts import Calendar, calendar_of
from files.records import Located, read_records

STANDARD_ZONE = "Asia/Shanghai"


class ClockStanding(str, Enum):
    """Running; past the goal (`due`); past the limit (`over`); stopped outside the hours that count (`paused`)."""

    RUNNING = "running"
    DUE = "due"
    OVER = "over"
    PAUSED = "paused"


@dataclass(frozen=True)
class ClockRule:
    """What a platform asks from a day on.

    `limit` (seconds) is the platform's, `goal` (seconds) the point before it at which a shop should look up. `counts`
    names the answers that end the waiting for the platform: of a person, suggested and sent by a person, automatic.
    `hours` are those in which the platform counts. `verified_on` is None while nobody compared it with the platform's
    own text.
    """

    platform: Platform
    since: date
    goal: int
    limit: int
    counts: tuple[str, ...]
    hours: Hours
    note: str
    document: str
    verified_on: date | None = None


@dataclass(frozen=True)
class ClockState:
    """A conversation's clock at one moment; moments are in UTC.

    `seconds_left` counts down to the limit in the hours that count, stands still outside them, and below 0 says for how
    long the limit has been passed. `resumes_at` is when a paused clock goes on.
    """

    rule: ClockRule
    goal_at: datetime
    limit_at: datetime
    state: ClockStanding
    seconds_left: int
    resumes_at: datetime | None = None


def _spelt(text: str) -> str:
    parse_span(text)
    return text


class _SourceRecord(BaseModel):
    model_config = ConfigDict(extra="forbid")

    document: str = Field(min_length=1)
    note: str = ""
    verified_on: date | None = None


class _ClockRecord(BaseModel):
    """One dated entry as its file writes it."""

    model_config = ConfigDict(extra="forbid")

    since: date = Field(alias="from")
    goal_seconds: int = Field(ge=1, le=86_400)
    limit_seconds: int = Field(ge=1, le=86_400)
    counts: list[Literal["human", "assisted", "automatic"]] = Field(min_length=1)
    hours: list[Annotated[str, AfterValidator(_spelt)]] = Field(min_length=1)
    source: _SourceRecord

    @model_validator(mode="after")
    def _goal_first(self) -> _ClockRecord:
        if self.goal_seconds > self.limit_seconds:
            raise ValueError(f"the goal ({self.goal_seconds} s) lies behind the limit ({self.limit_seconds} s)")
        return self


class Clocks:
    """The response clocks of all platforms."""

    def __init__(self, rules: Mapping[Platform, tuple[ClockRule, ...]]) -> None:
        """`rules` of each platform by day, the earliest first."""
        self._rules = dict(rules)

    @property
    def platforms(self) -> frozenset[Platform]:
        return frozenset(self._rules)

    def rule(self, platform: Platform, day: date) -> ClockRule | None:
        """What the platform asks on a day, None when nothing is known."""
        known = [rule for rule in self._rules.get(platform, ()) if rule.since <= day]
        return known[-1] if known else None

    def deadline(
        self, platform: Platform, waiting_since: datetime | None, at: datetime, zone: str = STANDARD_ZONE
    ) -> ClockState | None:
        """The clock at `at` of a buyer who waits since `waiting_since`; `zone` is the shop's.

        None when nobody waits, and when nothing is known about the platform. The rule of the day on which the waiting
        began holds. At the limit itself the clock is over. Raises ValueError for a moment without a time zone.
        """
        if waiting_since is None:
            return None
        if waiting_since.tzinfo is None or at.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        rule = self.rule(platform, waiting_since.astimezone(ZoneInfo(zone)).date())
        if rule is None:
            return None
        since = waiting_since.astimezone(timezone.utc)
        return _state(rule, calendar_of(rule.hours, zone), since, max(since, at.astimezone(timezone.utc)))


def _state(rule: ClockRule, calendar: Calendar, since: datetime, at: datetime) -> ClockState:
    goal_at = _after(calendar, since, rule.goal)
    limit_at = _after(calendar, since, rule.limit)
    if at >= limit_at:
        return ClockState(rule, goal_at, limit_at, ClockStanding.OVER, -math.floor((at - limit_at).total_seconds()))
    left = math.ceil(rule.limit - _counted(calendar, since, at))
    standing = calendar.at(at)
    if not standing.open:
        resumes = standing.opens_at.astimezone(timezone.utc) if standing.opens_at else None
        return ClockState(rule, goal_at, limit_at, ClockStanding.PAUSED, left, resumes)
    return ClockState(rule, goal_at, limit_at, ClockStanding.DUE if at >= goal_at else ClockStanding.RUNNING, left)


def _after(calendar: Calendar, since: datetime, seconds: int) -> datetime:
    """When so many seconds of the calendar's hours have passed since a moment."""
    left = timedelta(seconds=seconds)
    for start, end in _openings(calendar, since):
        if end is None or left <= end - start:
            return start + left
        left -= end - start
    raise ValueError("the hours of a clock never come")


def _counted(calendar: Calendar, since: datetime, at: datetime) -> float:
    """Seconds of the calendar's hours between two moments."""
    counted = timedelta()
    for start, end in _openings(calendar, since):
        if start >= at:
            break
        counted += (at if end is None else min(end, at)) - start
        if end is None:
            break
    return counted.total_seconds()


def _openings(calendar: Calendar, since: datetime) -> Iterator[tuple[datetime, datetime | None]]:
    """The openings from a moment on, in UTC; an end that is None never comes."""
    at: datetime | None = since
    while at is not None:
        standing = calendar.at(at)
        if not standing.open:
            at = _utc(standing.opens_at)
            continue
        end = _utc(standing.closes_at)
        yield at, end
        at = end


def _utc(moment: datetime | None) -> datetime | None:
    return moment.astimezone(timezone.utc) if moment else None


def load_clocks(folder: Path) -> Clocks:
    """Every platform's clocks below `folder`. Raises DataError with file, line and field."""
    return Clocks({_platform(path): _rules(path) for path in sorted(folder.glob("*.yml"))})


def _platform(path: Path) -> Platform:
    try:
        return Platform.parse(path.stem)
    except InputError as error:
        raise DataError(str(error), file=str(path)) from None


def _rules(path: Path) -> tuple[ClockRule, ...]:
    entries = read_records(path, "clocks", _ClockRecord)
    if not entries:
        raise DataError("holds no entry", file=str(path), field="clocks")
    for before, entry in pairwise(entries):
        if entry.value.since <= before.value.since:
            raise entry.error("entries stand in the order of their days, one a day", "from")
    return tuple(_rule(_platform(path), entry) for entry in entries)


def _rule(platform: Platform, entry: Located[_ClockRecord]) -> ClockRule:
    record = entry.value
    spans = merged(tuple(parse_span(text) for text in record.hours))
    return ClockRule(
        platform=platform,
        since=record.since,
        goal=record.goal_seconds,
        limit=record.limit_seconds,
        counts=tuple(record.counts),
        hours=Hours((Shift("", frozenset(WEEK), spans),)),
        note=record.source.note,
        document=record.source.document,
        verified_on=record.source.verified_on,
    )


def clock_json(state: ClockState | None) -> dict[str, Any] | None:
    """A clock as the API gives it; None when there is none. Moments are ISO times in UTC."""
    if state is None:
        return None
    rule = state.rule
    return {
        "state": state.state.value,
        "goal_at": state.goal_at.isoformat(),
        "limit_at": state.limit_at.isoformat(),
        "seconds_left": state.seconds_left,
        "resumes_at": state.resumes_at.isoformat() if state.resumes_at else None,
        "goal_seconds": rule.goal,
        "limit_seconds": rule.limit,
        "counts": list(rule.counts),
        "hours": [f"{clock(span.start)}-{clock(span.end)}" for shift in rule.hours.shifts for span in shift.spans],
        "note": rule.note,
        "source": rule.document,
        "verified_on": rule.verified_on.isoformat() if rule.verified_on else None,
    }
