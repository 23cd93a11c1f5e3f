"""Which conversations wait for Huashu to answer by itself, and how far each has been answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, select, true, update
from sqlalchemy.exc import IntegrityError

from desk.storage.claims import claim, held_by
from desk.storage.tables_night import nights

_KEY = "conversation"
_BATCH = 500


@dataclass(frozen=True)
class Night:
    """A conversation to be answered; `number` is the last line that was decided, `tries` counts this attempt."""

    conversation: str
    shop: str
    number: int
    state: Mapping[str, Any]
    tries: int


def call_night(connection: Connection, conversation: str, shop: str, now: datetime) -> None:
    """Have a conversation looked at at once; one that somebody is looking at is looked at again when they are done."""
    row = connection.execute(select(nights.c.claimed_by).where(nights.c.conversation == conversation)).first()
    if row is None:
        values = {"conversation": conversation, "shop": shop, "state": {}, "due_at": now, "updated_at": now}
        try:
            with connection.begin_nested():
                connection.execute(nights.insert().values(values))
        except IntegrityError:  # another process called at the same moment
            pass
        else:
            return
    idle = (nights.c.conversation == conversation) & (nights.c.claimed_by == "")
    connection.execute(update(nights).where(idle).values(due_at=now))


def night_due(connection: Connection, now: datetime) -> bool:
    """Whether a conversation waits to be looked at."""
    return connection.execute(select(nights.c.conversation).where(nights.c.due_at <= now).limit(1)).first() is not None


def claim_night(connection: Connection, now: datetime, holder: str, lease: timedelta) -> Night | None:
    """The conversation that has waited for longest, for `holder` alone until the lease ends."""
    row = claim(connection, nights, true(), now, holder, lease, _KEY)
    return Night(row.conversation, row.shop, row.number, row.state, row.tries) if row is not None else None


def holds_night(connection: Connection, night: Night, holder: str) -> bool:
    """Whether `holder` still has the claim and nobody has decided a line in the meantime."""
    if not held_by(connection, nights, night.conversation, holder, _KEY):
        return False
    number = connection.execute(select(nights.c.number).where(nights.c.conversation == night.conversation)).scalar()
    return number == night.number


def keep_night(connection: Connection, conversation: str, number: int, state: Mapping[str, Any], now: datetime) -> None:
    """Note that the line `number` was decided, and let the conversation be looked at again at once."""
    values = {"number": number, "state": dict(state), "due_at": now, "claimed_by": "", "tries": 0, "updated_at": now}
    connection.execute(update(nights).where(nights.c.conversation == conversation).values(**values))


def rest_night(connection: Connection, night: Night, holder: str, until: datetime | None) -> None:
    """Give a claim back and let the conversation wait until a moment; None: until somebody calls."""
    _give_back(connection, night, holder, {"due_at": until, "tries": 0})


def postpone_night(connection: Connection, night: Night, holder: str, until: datetime) -> None:
    """Give a claim back after a failure; the tries go on counting."""
    _give_back(connection, night, holder, {"due_at": until})


def _give_back(connection: Connection, night: Night, holder: str, values: Mapping[str, Any]) -> None:
    if held_by(connection, nights, night.conversation, holder, _KEY):
        mine = update(nights).where(nights.c.conversation == night.conversation)
        connection.execute(mine.values(claimed_by="", **values))


def forget_nights_before(connection: Connection, shop: str, before: datetime) -> int:
    """Forget the state of conversations that were not answered since a moment; gives their number."""
    old = (nights.c.shop == shop) & (nights.c.updated_at < before) & nights.c.due_at.is_(None)
    names = tuple(connection.scalars(select(nights.c.conversation).where(old).limit(_BATCH)))
    return connection.execute(delete(nights).where(nights.c.conversation.in_(names))).rowcount
