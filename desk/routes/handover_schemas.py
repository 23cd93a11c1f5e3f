"""The shapes of the handover book, for OpenAPI and the clients made from it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel

from desk.handover_book import BookPage, OpenPoints, overdue
from desk.storage.handovers import BookEntry, EntryKind, EntrySource, EntryState
from desk.storage.shift_books import ShiftEnd


class SaidSchema(BaseModel):
    """A text that the buyer got while nobody was there."""

    at: datetime
    text: str


class PromiseSchema(BaseModel):
    """What the buyer was promised, and until when; null when nobody knows."""

    text: str
    due: datetime | None


class EntrySchema(BaseModel):
    """An entry of the book; `late` when a promise in it should have been kept by now."""

    id: str
    conversation: str
    buyer: str
    period: str
    kind: EntryKind
    source: EntrySource
    state: EntryState
    wants: str
    answered: list[SaidSchema]
    collected: dict[str, str]
    form: str | None
    asks: list[str]
    promises: list[PromiseSchema]
    author: str
    note: str
    returns_at: datetime | None
    waiting_since: datetime | None
    late: bool
    made_at: datetime
    updated_at: datetime
    changed_by: str
    changed_at: datetime | None

    @classmethod
    def of(cls, entry: BookEntry, now: datetime) -> EntrySchema:
        """The entry as it is told."""
        said: dict[str, Any] = {"wants": "", "answered": [], "collected": {}, "form": None, "asks": [], "promises": []}
        said.update({key: value for key, value in entry.entry.items() if key in said})
        return cls(
            id=entry.id,
            conversation=entry.place.conversation,
            buyer=entry.buyer_name or entry.buyer,
            period=entry.place.period,
            kind=entry.kind,
            source=entry.place.source,
            state=entry.state,
            author=entry.entry.get("author", ""),
            note=entry.note,
            returns_at=entry.returns_at,
            waiting_since=entry.waiting_since,
            late=overdue(entry, now),
            made_at=entry.made_at,
            updated_at=entry.updated_at,
            changed_by=entry.changed_by,
            changed_at=entry.changed_at,
            **said,
        )


class PeriodSchema(BaseModel):
    """A closed period by the moment at which it began, with how many entries it has and how many are not done."""

    period: str
    entries: int
    open: int


class ShiftEndSchema(BaseModel):
    """A shift that was handed over."""

    id: str
    shift: str
    agent: str
    at: datetime
    note: str
    counts: dict[str, int]

    @classmethod
    def of(cls, end: ShiftEnd) -> ShiftEndSchema:
        """The handover as it is told."""
        return cls.model_validate(end, from_attributes=True)


class BookAnswer(BaseModel):
    """A closed period of the book, or (`period` null) all that is not done; `ends` are the shifts handed over last."""

    period: str | None
    periods: list[PeriodSchema]
    entries: list[EntrySchema]
    ends: list[ShiftEndSchema]

    @classmethod
    def of(cls, page: BookPage, now: datetime) -> BookAnswer:
        """The page as it is told."""
        return cls(
            period=page.period,
            periods=[PeriodSchema.model_validate(period, from_attributes=True) for period in page.periods],
            entries=[EntrySchema.of(entry, now) for entry in page.entries],
            ends=[ShiftEndSchema.of(end) for end in page.ends],
        )


class WaitingSchema(BaseModel):
    """A buyer who waits for an answer."""

    conversation: str
    buyer: str
    waiting_since: datetime | None


class OpenAnswer(BaseModel):
    """What is open when a shift ends; `shift` is empty while the shop is closed, `problems` wait for over a day."""

    shift: str
    waiting: list[WaitingSchema]
    entries: list[EntrySchema]
    problems: int
    owed: list[str]

    @classmethod
    def of(cls, points: OpenPoints, now: datetime) -> OpenAnswer:
        """The open points as they are told."""
        return cls(
            shift=points.standing.shift or "",
            waiting=[
                WaitingSchema(
                    conversation=talk.id, buyer=talk.buyer_name or talk.buyer, waiting_since=talk.waiting_since
                )
                for talk in points.waiting
            ],
            entries=[EntrySchema.of(entry, now) for entry in points.entries],
            problems=points.problems,
            owed=list(points.owed(now)),
        )
