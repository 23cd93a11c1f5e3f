"""Messages on their way out, in each conversation one after another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, exists, func, select, update

from contracts.conversation import AUTOMATIC, Delivery, Outgoing
from contracts.turn import Speaker
from desk.storage.claims import claim, held_by
from desk.storage.tables import conversations, messages, outbox

DeadPlace = tuple[datetime, str]
"""A place in the list of dead letters: when the last one seen was given up, and its id."""


@dataclass(frozen=True)
class DeadLetter:
    """A message that could not be delivered: why, after how many attempts, and when it was given up."""

    message: str
    conversation: str
    text: str
    author: str
    error: str
    tries: int
    given_up_at: datetime


_OPEN = (Delivery.QUEUED.value, Delivery.SENDING.value)


def queue_message(connection: Connection, message: str, shop: str, conversation: str, due_at: datetime) -> None:
    """Put a stored message into the outbox; it leaves when it is due and what went before it has left."""
    number = select(messages.c.number).where(messages.c.id == message).scalar_subquery()
    connection.execute(
        outbox.insert().values(
            message=message,
            shop=shop,
            conversation=conversation,
            number=number,
            state=Delivery.QUEUED.value,
            due_at=due_at,
        )
    )


def is_due(connection: Connection, now: datetime) -> bool:
    """Whether a message may have to leave."""
    due = select(outbox.c.message).where(outbox.c.due_at <= now, outbox.c.state.in_(_OPEN))
    return connection.execute(due.limit(1)).first() is not None


def claim_outgoing(connection: Connection, now: datetime, holder: str, lease: timedelta) -> Outgoing | None:
    """The next message that may leave, for `holder` alone until the lease ends; None when there is none."""
    earlier = outbox.alias("earlier")
    behind = exists().where(
        earlier.c.conversation == outbox.c.conversation,
        earlier.c.number < outbox.c.number,
        earlier.c.state.in_(_OPEN),
    )
    row = claim(connection, outbox, outbox.c.state.in_(_OPEN) & ~behind, now, holder, lease)
    if row is None:
        return None
    connection.execute(update(outbox).where(outbox.c.message == row.message).values(state=Delivery.SENDING.value))
    joined = select(messages.c.text, conversations.c.channel, conversations.c.buyer).join(
        conversations, conversations.c.id == messages.c.conversation
    )
    line = connection.execute(joined.where(messages.c.id == row.message)).one()
    return Outgoing(row.message, row.shop, line.channel, row.conversation, line.buyer, line.text, row.tries)


def settle_outgoing(
    connection: Connection, message: str, holder: str, now: datetime, state: Delivery, error: str = ""
) -> bool:
    """Note how a message ended; False when `holder` lost it to another in the meantime."""
    if not held_by(connection, outbox, message, holder):
        return False
    ended = update(outbox).where(outbox.c.message == message)
    connection.execute(ended.values(state=state.value, error=error[:500], done_at=now, claimed_by=""))
    return True


def postpone_outgoing(connection: Connection, message: str, holder: str, until: datetime, error: str) -> bool:
    """Let a message that could not be delivered wait; False when `holder` lost it in the meantime."""
    if not held_by(connection, outbox, message, holder):
        return False
    later = update(outbox).where(outbox.c.message == message)
    connection.execute(later.values(state=Delivery.QUEUED.value, due_at=until, error=error[:500], claimed_by=""))
    return True


def revive(connection: Connection, message: str, now: datetime) -> bool:
    """Queue a dead message again, under the same key; False when it is not dead."""
    dead = (outbox.c.message == message) & (outbox.c.state == Delivery.DEAD.value)
    again = update(outbox).where(dead).values(state=Delivery.QUEUED.value, due_at=now, tries=0, error="", done_at=None)
    return connection.execute(again).rowcount == 1


def dead_letters(
    connection: Connection, shop: str, limit: int, before: DeadPlace | None = None
) -> tuple[DeadLetter, ...]:
    """Messages of a shop that could not be delivered, those given up last first, at most `limit`, behind a place."""
    dead = (outbox.c.shop == shop) & (outbox.c.state == Delivery.DEAD.value)
    if before is not None:
        ended, name = before
        dead &= (outbox.c.done_at < ended) | ((outbox.c.done_at == ended) & (outbox.c.message > name))
    columns = (outbox.c.message, outbox.c.conversation, outbox.c.error, outbox.c.tries, outbox.c.done_at)
    wanted = select(*columns, messages.c.text, messages.c.author).join(messages, messages.c.id == outbox.c.message)
    rows = connection.execute(wanted.where(dead).order_by(outbox.c.done_at.desc(), outbox.c.message).limit(limit))
    return tuple(
        DeadLetter(row.message, row.conversation, row.text, row.author, row.error, row.tries, row.done_at)
        for row in rows
    )


def withdraw(connection: Connection, message: str, now: datetime) -> bool:
    """Take back a message that nobody has begun to deliver; False when it is too late."""
    waiting = (outbox.c.message == message) & (outbox.c.state == Delivery.QUEUED.value) & (outbox.c.tries == 0)
    ended = update(outbox).where(waiting).values(state=Delivery.WITHDRAWN.value, done_at=now)
    return connection.execute(ended).rowcount == 1


def withdraw_automatic(connection: Connection, conversation: str, now: datetime) -> tuple[str, ...]:
    """Take back what Huashu said of its own accord and nobody has begun to deliver; gives the messages."""
    mine = select(messages.c.id).where(
        messages.c.conversation == conversation,
        messages.c.speaker == Speaker.ROBOT.value,
        messages.c.author == AUTOMATIC,
    )
    waiting = (outbox.c.state == Delivery.QUEUED.value) & (outbox.c.tries == 0) & outbox.c.message.in_(mine)
    ended = update(outbox).where(outbox.c.conversation == conversation, waiting)
    values = ended.values(state=Delivery.WITHDRAWN.value, done_at=now)
    return tuple(connection.scalars(values.returning(outbox.c.message)))


def depth(connection: Connection) -> dict[str, int]:
    """How many messages are in each state."""
    counted = select(outbox.c.state, func.count()).group_by(outbox.c.state)
    return {state: int(count) for state, count in connection.execute(counted)}
