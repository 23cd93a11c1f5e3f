"""The handover book (交接记录本): read in the morning, ticked off, and written at the end of a shift."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from contracts.conversation import Conversation
from contracts.errors import InputError, NotFound
from desk.clock import Clock, utc_now
from desk.inbox import whole_text
from desk.shifts import Calendar, Standing
from desk.shop_settings import ShopSettings
from desk.storage.conversations import get_conversation, new_id, waiting_in
from desk.storage.database import Connection, Database
from desk.storage.feed import publish
from desk.storage.handovers import (
    BookEntry,
    EntryKind,
    EntrySource,
    EntryState,
    PeriodCount,
    Place,
    change_entry,
    entries_of,
    get_entry,
    periods_of,
    put_entry,
)
from desk.storage.ledger import record
from desk.storage.shift_books import ShiftEnd, add_shift_end, open_problems, shift_ends_of
from desk.storage.shops import lock_shop

PERIODS = 60
"""Closed periods that are listed."""

WAITING = 200
"""Conversations that wait which the form of a shift shows."""

_DAY = timedelta(days=1)
_NEAR = timedelta(hours=2)
"""How long before closing a shift that ends hands over to the closed period."""

_GRACE = timedelta(hours=2)
"""How long after its time a promise is late: what is due when people come in takes them a while."""

_ORDER = {kind: place for place, kind in enumerate(EntryKind)}


@dataclass(frozen=True)
class BookPage:
    """A closed period of the book, or all that is not done; `ends` are the shifts handed over last."""

    period: str | None
    periods: tuple[PeriodCount, ...]
    entries: tuple[BookEntry, ...]
    ends: tuple[ShiftEnd, ...]


@dataclass(frozen=True)
class OpenPoints:
    """What is open when a shift ends: buyers who wait, entries that are not done, problems without answer for a day."""

    standing: Standing
    waiting: tuple[Conversation, ...]
    entries: tuple[BookEntry, ...]
    problems: int

    def owed(self, now: datetime) -> dict[str, str]:
        """Conversations that must have a note, with what a person calls the buyer."""
        noted = {entry.place.conversation for entry in self.entries}
        owed = {talk.id: talk.buyer_name or talk.buyer for talk in self.waiting if talk.id not in noted}
        late = [entry for entry in self.entries if overdue(entry, now)]
        return owed | {entry.place.conversation: entry.buyer_name or entry.buyer for entry in late}


@dataclass(frozen=True)
class ShiftItem:
    """What an agent leaves to the next shift about a conversation; `due` until when it was promised."""

    conversation: str
    kind: EntryKind
    text: str
    due: datetime | None = None


@dataclass(frozen=True)
class HandoverBook:
    """Reads and writes the book; safe to use from several threads."""

    database: Database
    settings: ShopSettings
    clock: Clock = utc_now

    def page(self, shop: str, period: str | None) -> BookPage:
        """The entries of the closed period that began then; None: of all what is not done. Raises ServiceDown."""
        with self.database.reading() as connection:
            found = entries_of(connection, shop, period)
            return BookPage(
                period, periods_of(connection, shop, PERIODS), in_order(found), shift_ends_of(connection, shop, 20)
            )

    def change(self, shop: str, entry: str, state: EntryState, note: str | None, actor: str) -> BookEntry:
        """Take, tick off or open an entry again. Raises NotFound, InputError, ServiceDown."""
        now = self.clock()
        with self.database.transaction() as connection:
            lock_shop(connection, shop)
            known = get_entry(connection, shop, entry)
            if known is None:
                raise NotFound("not found")
            change_entry(connection, entry, state, note, actor, now)
            body = {"entry": entry, "state": state.value, "author": actor}
            publish(connection, shop, now, "handover", known.place.conversation, body)
            record(connection, shop, now, actor, "handover", {**body, "note": note}, known.place.conversation)
            return get_entry(connection, shop, entry) or known

    def open_points(self, shop: str) -> OpenPoints:
        """What is open now. Raises InputError for an unknown shop, ServiceDown."""
        with self.database.reading() as connection:
            return self._open_points(connection, shop)

    def end_shift(self, shop: str, note: str, items: Sequence[ShiftItem], actor: str) -> ShiftEnd:
        """Hand a shift over.

        Raises InputError while a buyer waits, or a promise is late, without a note about it, NotFound for a
        conversation of another shop, ServiceDown.
        """
        now = self.clock()
        with self.database.transaction() as connection:
            lock_shop(connection, shop)
            points = self._open_points(connection, shop)
            owed = points.owed(now)
            for item in items:
                owed.pop(item.conversation, None)
            if owed:
                raise InputError(f"items: 还有{len(owed)}位买家没有写交接：{'、'.join(list(owed.values())[:5])}")
            for item in items:
                self._write(connection, shop, item, _period(points.standing), actor)
            counts = {"waiting": len(points.waiting), "entries": len(points.entries), "written": len(items)}
            end = ShiftEnd(new_id(), shop, points.standing.shift or "", actor, now, note, counts)
            add_shift_end(connection, end)
            publish(connection, shop, now, "handover", "", {"shift_end": end.id, "author": actor})
            record(connection, shop, now, actor, "shift_end", {"shift": end.shift, "note": note, **counts})
        return end

    def _open_points(self, connection: Connection, shop: str) -> OpenPoints:
        now = self.clock()
        standing = Calendar.of(self.settings.shop(connection, shop)).at(now)
        return OpenPoints(
            standing,
            waiting_in(connection, shop, WAITING),
            in_order(entries_of(connection, shop, None)),
            open_problems(connection, shop, now - _DAY),
        )

    def _write(self, connection: Connection, shop: str, item: ShiftItem, period: str, actor: str) -> None:
        now = self.clock()
        talk = get_conversation(connection, item.conversation)
        if talk is None or talk.shop != shop:
            raise NotFound("not found")
        text = whole_text(item.text)
        entry = {
            "urgent": item.kind is EntryKind.URGENT,
            "wants": text,
            "answered": [],
            "collected": {},
            "form": None,
            "asks": [],
            "promises": [{"text": text, "due": item.due.isoformat()}] if item.due else [],
            "author": actor,
        }
        place = Place(shop, talk.id, period, EntrySource.SHIFT)
        name = put_entry(connection, place, item.kind, entry, item.due, now)
        publish(connection, shop, now, "handover", talk.id, {"entry": name, "kind": item.kind.value})


def in_order(entries: Sequence[BookEntry]) -> tuple[BookEntry, ...]:
    """What is not done first, in it the urgent, then what was promised soonest, then the oldest."""

    def place(entry: BookEntry) -> tuple[object, ...]:
        due = _due(entry)
        return (
            entry.state is EntryState.DONE,
            _ORDER[entry.kind],
            due is None,
            due or entry.made_at,
            entry.made_at,
            entry.id,
        )

    return tuple(sorted(entries, key=place))


def overdue(entry: BookEntry, now: datetime) -> bool:
    """Whether something was promised until a moment that has passed, and is not done."""
    due = _due(entry)
    return entry.state is not EntryState.DONE and due is not None and due + _GRACE < now


def _due(entry: BookEntry) -> datetime | None:
    moments = [datetime.fromisoformat(promise["due"]) for promise in entry.entry.get("promises", ()) if promise["due"]]
    return min(moments, default=None)


def _period(standing: Standing) -> str:
    """The closed period that runs or begins soon; a handover in the middle of the day is a period of its own."""
    begins = standing.closed_at
    if standing.open:
        near = standing.closes_at is not None and standing.closes_at - standing.at <= _NEAR
        begins = standing.closes_at if near else standing.at
    return begins.astimezone(timezone.utc).isoformat() if begins else ""
