"""The handover book: what one shift leaves to the next, an entry for each conversation and closed period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, func, select, update

from desk.storage.conversations import new_id
from desk.storage.tables import conversations
from desk.storage.tables_night import handovers

MOST = 500
"""Entries that are read at once."""


class EntryKind(str, Enum):
    """A buyer who is handed over, something urgent, or somebody who may buy."""

    URGENT = "urgent"
    CUSTOMER = "customer"
    LEAD = "lead"


class EntryState(str, Enum):
    """Nobody has it yet, somebody has taken it, it is done."""

    OPEN = "open"
    TAKEN = "taken"
    DONE = "done"


class EntrySource(str, Enum):
    """Written by the desk while nobody was there, or by an agent at the end of a shift."""

    DESK = "desk"
    SHIFT = "shift"


@dataclass(frozen=True)
class Place:
    """Where an entry belongs: one of each source for a conversation and closed period (its beginning in UTC, or "")."""

    shop: str
    conversation: str
    period: str
    source: EntrySource = EntrySource.DESK


@dataclass(frozen=True)
class BookEntry:
    """An entry as it stands; `entry` is empty once it was erased."""

    id: str
    place: Place
    kind: EntryKind
    entry: Mapping[str, Any]
    returns_at: datetime | None
    state: EntryState
    note: str
    made_at: datetime
    updated_at: datetime
    changed_by: str
    changed_at: datetime | None
    buyer: str
    buyer_name: str
    channel: str
    waiting_since: datetime | None


@dataclass(frozen=True)
class PeriodCount:
    """A closed period with the number of its entries and of those that are not done."""

    period: str
    entries: int
    open: int


def put_entry(
    connection: Connection,
    place: Place,
    kind: EntryKind,
    entry: Mapping[str, Any],
    returns_at: datetime | None,
    now: datetime,
) -> str:
    """Write an entry, over the one that stands at its place; what was done and says something new is open again.

    Gives its id. The caller has locked the shop.
    """
    mine = (handovers.c.conversation == place.conversation) & (handovers.c.period == place.period)
    mine &= handovers.c.source == place.source.value
    values = {"kind": kind.value, "entry": dict(entry), "returns_at": returns_at, "updated_at": now}
    known = connection.execute(select(handovers.c.id, handovers.c.entry).where(mine)).first()
    if known is not None:
        again = {} if known.entry == entry else {"state": EntryState.OPEN.value}
        connection.execute(update(handovers).where(handovers.c.id == known.id).values(**values, **again))
        return str(known.id)
    name = new_id()
    connection.execute(
        handovers.insert().values(
            id=name,
            shop=place.shop,
            conversation=place.conversation,
            period=place.period,
            source=place.source.value,
            state=EntryState.OPEN.value,
            made_at=now,
            **values,
        )
    )
    return name


def get_entry(connection: Connection, shop: str, entry: str) -> BookEntry | None:
    """The entry of a shop with this id, None when there is none."""
    row = connection.execute(_joined().where(handovers.c.shop == shop, handovers.c.id == entry)).first()
    return _entry(row) if row is not None else None


def entries_of(connection: Connection, shop: str, period: str | None) -> tuple[BookEntry, ...]:
    """The entries of a closed period; None: those of any period that are not done. At most MOST, the newest first."""
    wanted = _joined().where(handovers.c.shop == shop)
    if period is None:
        wanted = wanted.where(handovers.c.state != EntryState.DONE.value)
    else:
        wanted = wanted.where(handovers.c.period == period)
    rows = connection.execute(wanted.order_by(handovers.c.updated_at.desc(), handovers.c.id).limit(MOST))
    return tuple(_entry(row) for row in rows)


def periods_of(connection: Connection, shop: str, limit: int) -> tuple[PeriodCount, ...]:
    """The closed periods that have entries, the latest first."""
    unfinished = func.count().filter(handovers.c.state != EntryState.DONE.value)
    counted = select(handovers.c.period, func.count().label("entries"), unfinished.label("open"))
    mine = counted.where(handovers.c.shop == shop).group_by(handovers.c.period)
    rows = connection.execute(mine.order_by(handovers.c.period.desc()).limit(limit))
    return tuple(PeriodCount(row.period, int(row.entries), int(row.open)) for row in rows)


def change_entry(
    connection: Connection, entry: str, state: EntryState, note: str | None, actor: str, now: datetime
) -> None:
    """Take, tick off or open an entry again; a note of None stays as it is."""
    values: dict[str, object] = {"state": state.value, "changed_by": actor, "changed_at": now}
    if note is not None:
        values["note"] = note
    connection.execute(update(handovers).where(handovers.c.id == entry).values(**values))


def erase_entries(connection: Connection, talks: Sequence[str]) -> None:
    """Erase what the entries of conversations say; that there were some stays."""
    mine = handovers.c.conversation.in_(talks)
    connection.execute(update(handovers).where(mine).values(entry={}, note=""))


def strip_collected_before(connection: Connection, shop: str, before: datetime) -> int:
    """Erase what buyers' forms collected in entries from before a moment; gives the number of entries."""
    mine = (handovers.c.shop == shop) & (handovers.c.updated_at < before)
    stripped = 0
    for row in connection.execute(select(handovers.c.id, handovers.c.entry).where(mine)).all():
        if row.entry.get("collected"):
            lean = {**row.entry, "collected": {}}
            connection.execute(update(handovers).where(handovers.c.id == row.id).values(entry=lean))
            stripped += 1
    return stripped


def erase_entries_before(connection: Connection, shop: str, before: datetime) -> int:
    """Delete entries from before a moment; gives their number."""
    return connection.execute(
        delete(handovers).where(handovers.c.shop == shop, handovers.c.updated_at < before)
    ).rowcount


def _joined() -> Select[tuple[object, ...]]:
    buyer = conversations.c
    return select(handovers, buyer.buyer, buyer.buyer_name, buyer.channel, buyer.waiting_since).join(
        conversations, buyer.id == handovers.c.conversation
    )


def _entry(row: Row[tuple[object, ...]]) -> BookEntry:
    return BookEntry(
        id=row.id,
        place=Place(row.shop, row.conversation, row.period, EntrySource(row.source)),
        kind=EntryKind(row.kind),
        entry=row.entry,
        returns_at=row.returns_at,
        state=EntryState(row.state),
        note=row.note,
        made_at=row.made_at,
        updated_at=row.updated_at,
        changed_by=row.changed_by,
        changed_at=row.changed_at,
        buyer=row.buyer,
        buyer_name=row.buyer_name,
        channel=row.channel,
        waiting_since=row.waiting_since,
    )
