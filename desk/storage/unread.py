"""Buyer lines that have been stored and wait to be understood."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, select, true, update

from desk.storage.claims import claim, held_by
from desk.storage.tables import unread


@dataclass(frozen=True)
class Unread:
    """A line to be understood; `tries` counts this attempt."""

    message: str
    shop: str
    conversation: str
    tries: int


def add_unread(connection: Connection, message: str, shop: str, conversation: str, now: datetime) -> None:
    """Queue a line; those of the same conversation that nobody has begun with are covered by it and leave the queue."""
    covered = (unread.c.conversation == conversation) & (unread.c.claimed_by == "")
    connection.execute(delete(unread).where(covered))
    connection.execute(unread.insert().values(message=message, shop=shop, conversation=conversation, due_at=now))


def is_due(connection: Connection, now: datetime) -> bool:
    """Whether a line waits to be understood."""
    return connection.execute(select(unread.c.message).where(unread.c.due_at <= now).limit(1)).first() is not None


def claim_unread(connection: Connection, now: datetime, holder: str, lease: timedelta) -> Unread | None:
    """The line that has waited for longest, for `holder` alone until the lease ends."""
    row = claim(connection, unread, true(), now, holder, lease)
    return Unread(row.message, row.shop, row.conversation, row.tries) if row is not None else None


def settle_unread(connection: Connection, message: str, holder: str) -> bool:
    """Take an understood line off the queue; False when `holder` lost it to another in the meantime."""
    if not held_by(connection, unread, message, holder):
        return False
    connection.execute(delete(unread).where(unread.c.message == message))
    return True


def postpone_unread(connection: Connection, message: str, until: datetime) -> None:
    """Let a line wait after a failure."""
    connection.execute(update(unread).where(unread.c.message == message).values(due_at=until, claimed_by="postponed"))


def unread_count(connection: Connection) -> int:
    """How many lines wait."""
    return int(connection.execute(select(func.count()).select_from(unread)).scalar_one())
