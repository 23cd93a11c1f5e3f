"""What the desk said to one labelled message, and the rules to one labelled turn of an agent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from pydantic import TypeAdapter, ValidationError

from contracts.errors import DataError
from contracts.taxonomy import CHAT, intent_of


@dataclass(frozen=True)
class Where:
    """The circumstances that figures are told apart by; None is not known. `open`: people were there."""

    dialogue: str
    platform: str
    stratum: str = ""
    open: bool | None = None


@dataclass(frozen=True)
class Shown:
    """One suggestion."""

    reply_id: str
    topic: str
    text: str
    confidence: float


@dataclass(frozen=True)
class Asked:
    """A buyer's message: what a person read in it, and what the desk made of it.

    `read` are the first intents with their probabilities, `out_of_scope` that of this one. `automatic`: the first
    suggestion might leave by itself if its confidence were high enough. `timings` are milliseconds by step.
    """

    id: str
    where: Where
    text: str
    before: str
    intents: tuple[str, ...]
    topics: tuple[str, ...]
    clear: str
    read: tuple[tuple[str, float], ...]
    out_of_scope: float
    shown: tuple[Shown, ...]
    blocked: tuple[str, ...]
    automatic: bool
    timings: Mapping[str, float]

    @property
    def business(self) -> bool:
        """Whether it asks for something that a reply could settle."""
        return any(intent not in CHAT for intent in self.intents)

    @property
    def right_topics(self) -> tuple[str, ...]:
        """The topics of right answers: beside a question small talk wants none."""
        asked = tuple(topic for topic in self.topics if intent_of(topic) not in CHAT)
        return asked if self.business else self.topics

    @property
    def labels(self) -> tuple[str, ...]:
        """All labels, to see whether two runs had the same."""
        return (*self.intents, "|", *self.topics)

    def right(self, place: int) -> bool:
        """Whether the suggestion at this place (from 0) is about what was asked."""
        return place < len(self.shown) and self.shown[place].topic in self.right_topics


@dataclass(frozen=True)
class Found:
    """A clause that the rules found; `stops`: the text would not leave. `hint`: advice that a shop may switch off."""

    clause: str
    stops: bool
    hint: bool = False


@dataclass(frozen=True)
class Said:
    """An agent's turn: the clauses that it breaks, and those that the rules found.

    `blocking` are those of `violates` that keep a text from leaving.
    """

    id: str
    where: Where
    text: str
    violates: tuple[str, ...]
    blocking: tuple[str, ...]
    found: tuple[Found, ...]

    @property
    def stopped(self) -> bool:
        return any(found.stops for found in self.found)

    @property
    def labels(self) -> tuple[str, ...]:
        return self.violates

    def caught(self, clause: str) -> bool:
        """Whether a breach was found: one that blocks when the text is stopped, by whichever clause."""
        if clause in self.blocking:
            return self.stopped
        return any(found.clause == clause for found in self.found)


Case = Asked | Said

_KINDS: Mapping[str, TypeAdapter[Any]] = {"asked": TypeAdapter(Asked), "said": TypeAdapter(Said)}


def case_json(case: Case) -> dict[str, Any]:
    """A case as JSON."""
    return {"kind": "asked" if isinstance(case, Asked) else "said", **asdict(case)}


def case_from(record: Mapping[str, Any], file: str, line: int) -> Case:
    """The case of a JSON object. Raises DataError with file, line and field."""
    values = dict(record)
    kind = _KINDS.get(str(values.pop("kind", "")))
    if kind is None:
        raise DataError("is neither 'asked' nor 'said'", file=file, line=line, field="kind")
    try:
        case: Case = kind.validate_python(values)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise DataError(first["msg"], file=file, line=line, field=place) from None
    return case
