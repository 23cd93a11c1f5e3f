"""What a closed period of a conversation holds, as JSON that the database keeps, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from contracts.forms import FORMS, FormState, FormStatus
from contracts.handover import Promise
from desk.night.points import Point
from desk.night.talk import Period, Sent, Want


@dataclass(frozen=True)
class NightState:
    """What is kept of a talk between two lines.

    `chat` are the numbers of the lines that were greetings or small talk; `held_since` when the first line came whose
    notice waits for what the buyer writes next.
    """

    period: Period
    collected: Mapping[str, str] = field(default_factory=dict)
    chat: frozenset[int] = frozenset()
    held_since: datetime | None = None


def state_json(state: NightState) -> dict[str, Any]:
    """The state as JSON; moments as ISO times."""
    period = state.period
    return {
        "since": _iso(period.since),
        "sent": [[sent.at.isoformat(), sent.text] for sent in period.sent],
        "noticed": period.noticed,
        "calmed": sorted(period.calmed),
        "person_coming": period.person_coming,
        "halted": period.halted,
        "urgent": period.urgent,
        "form": _form_json(period.form) if period.form else None,
        "laid": [_form_json(form) for form in period.laid],
        "replaced": list(period.replaced),
        "wants": [[want.topic, want.words, want.urgent] for want in period.wants],
        "asks": [[point.about, point.lead, list(point.words)] for point in period.asks],
        "promises": [[promise.text, _iso(promise.due), promise.about] for promise in period.promises],
        "robot_at": _iso(period.robot_at),
        "collected": dict(state.collected),
        "chat": sorted(state.chat),
        "held_since": _iso(state.held_since),
    }


def read_state(value: Mapping[str, Any], since: datetime | None) -> NightState:
    """The state of the closed period that began at `since`; an empty one when the JSON is of another period."""
    if not value or _moment(value["since"]) != since:
        return NightState(Period(since))
    period = Period(
        since=since,
        sent=tuple(Sent(datetime.fromisoformat(at), text) for at, text in value["sent"]),
        noticed=value["noticed"],
        calmed=frozenset(value["calmed"]),
        person_coming=value["person_coming"],
        halted=value["halted"],
        urgent=value["urgent"],
        form=_form(value["form"]) if value["form"] else None,
        laid=tuple(form for form in map(_form, value.get("laid", ())) if form is not None),
        replaced=tuple(value.get("replaced", ())),
        wants=tuple(Want(topic, words, urgent) for topic, words, urgent in value["wants"]),
        asks=tuple(_point(*parts) for parts in value["asks"]),
        promises=tuple(_promise(*parts) for parts in value["promises"]),
        robot_at=_moment(value["robot_at"]),
    )
    return NightState(period, value["collected"], frozenset(value["chat"]), _moment(value["held_since"]))


def _form_json(state: FormState) -> dict[str, Any]:
    return {
        "id": state.form.id,
        "values": [list(pair) for pair in state.values],
        "asked": state.asked,
        "tries": [list(pair) for pair in state.tries],
        "refused": [list(pair) for pair in state.refused],
        "parts": [list(pair) for pair in state.parts],
        "status": state.status.value,
        "about": state.about,
        "put_off": list(state.put_off),
        "holder": state.holder,
        "had": list(state.had),
    }


def _form(value: Mapping[str, Any]) -> FormState | None:
    """None for a form that this version does not have any more."""
    form = next((form for form in FORMS if form.id == value["id"]), None)
    if form is None:
        return None
    return FormState(
        form,
        values=tuple((key, text) for key, text in value["values"]),
        asked=value["asked"],
        tries=tuple((name, count) for name, count in value["tries"]),
        refused=tuple((name, text) for name, text in value["refused"]),
        parts=tuple((kind, text) for kind, text in value["parts"]),
        status=FormStatus(value["status"]),
        about=value.get("about", ""),
        put_off=tuple(value.get("put_off", ())),
        holder=value.get("holder", ""),
        had=tuple(value.get("had", ())),
    )


def _point(about: str, lead: str, words: Sequence[str] = ()) -> Point:
    """An earlier version kept the buyer's words in the text."""
    return Point(about, lead, tuple(words))


def _promise(text: str, due: str | None, about: str = "") -> Promise:
    """What an earlier version kept says nothing of what it was about."""
    return Promise(text, _moment(due), about)


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
