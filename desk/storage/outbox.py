"""Messages on their way out, in each conversation one after another."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, exists, func, select, update

from contracts.conversation import AUTOMATIC, Delivery, Outgoing
from contracts.turn import Speaker
from desk.storage.claims import claim, held_by
from desk.storage.tables import conversations, messages, outbox

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
