"""Conversations and their lines."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import Connection, Row, Select, func, or_, select, update
from sqlalchemy.exc import IntegrityError

from contracts.conversation import Conversation, Delivery, Message
from contracts.turn import Speaker
from desk.storage.tables import conversations, messages, outbox

HOLDING = ("night.", "form.")
"""How the ids of fixed texts begin that answer nothing: whoever got them still waits for a person."""


def new_id() -> str:
    """An id that nobody guesses."""
    return uuid.uuid4().hex


def conversation_of(
    connection: Connection, shop: str, channel: str, buyer: str, now: datetime, name: str = ""
) -> Conversation:
    """The conversation of a buyer, begun when there is none. The caller has locked the shop."""
    table = conversations
    mine = (table.c.shop == shop) & (table.c.channel == channel) & (table.c.buyer == buyer)
    row = connection.execute(select(table).where(mine)).first()
    if row is None:
        values = {"id": new_id(), "shop": shop, "channel": channel, "buyer": buyer, "buyer_name": name}
        connection.execute(table.insert().values(**values, opened_at=now, updated_at=now))
        row = connection.execute(select(table).where(mine)).one()
    elif name and row.buyer_name != name:
        connection.execute(update(table).where(mine).values(buyer_name=name))
    return conversation_from(row)


def get_conversation(connection: Connection, conversation: str) -> Conversation | None:
    """The conversation with this id, None when there is none."""
    row = connection.execute(select(conversations).where(conversations.c.id == conversation)).first()
    return conversation_from(row) if row is not None else None


def conversations_in(
    connection: Connection, shop: str, limit: int, before: datetime | None = None
) -> tuple[Conversation, ...]:
    """The conversations of a shop, the latest first, at most `limit`, of those last touched before a moment."""
    wanted = select(conversations).where(conversations.c.shop == shop)
    if before is not None:
        wanted = wanted.where(conversations.c.updated_at < before)
    rows = connection.execute(wanted.order_by(conversations.c.updated_at.desc(), conversations.c.id).limit(limit))
    return tuple(conversation_from(row) for row in rows)


def waiting_in(connection: Connection, shop: str, limit: int) -> tuple[Conversation, ...]:
    """The conversations that wait for an answer, the longest first."""
    waiting = (conversations.c.shop == shop) & conversations.c.waiting_since.is_not(None)
    rows = connection.execute(
        select(conversations).where(waiting).order_by(conversations.c.waiting_since, conversations.c.id).limit(limit)
    )
    return tuple(conversation_from(row) for row in rows)


def add_message(
    connection: Connection,
    conversation: str,
    speaker: Speaker,
    text: str,
    said_at: datetime,
    stored_at: datetime,
    external_id: str | None = None,
    author: str = "",
    reply_id: str = "",
) -> Message | None:
    """Add a line, None when one with this external id stands there already. The caller has locked the shop.

    A buyer's line makes the conversation wait, a line of the shop ends the waiting unless it only holds the buyer.
    """
    if external_id is not None and find_external(connection, conversation, speaker, external_id) is not None:
        return None
    counted = update(conversations).where(conversations.c.id == conversation)
    number = connection.execute(
        counted.values(last_number=conversations.c.last_number + 1, updated_at=stored_at).returning(
            conversations.c.last_number
        )
    ).scalar_one()
    message = new_id()
    try:
        connection.execute(
            messages.insert().values(
                id=message,
                conversation=conversation,
                number=number,
                speaker=speaker.value,
                text=text,
                said_at=said_at,
                stored_at=stored_at,
                external_id=external_id,
                author=author,
                reply_id=reply_id,
            )
        )
    except IntegrityError as error:
        raise RuntimeError("two writers in one conversation: its shop was not locked") from error
    if not reply_id.startswith(HOLDING):
        _note_waiting(connection, conversation, speaker, said_at)
    return Message(message, conversation, number, speaker, text, said_at, author, reply_id, stored_at=stored_at)


def _note_waiting(connection: Connection, conversation: str, speaker: Speaker, said_at: datetime) -> None:
    this = update(conversations).where(conversations.c.id == conversation)
    if speaker is Speaker.BUYER:
        connection.execute(this.where(conversations.c.waiting_since.is_(None)).values(waiting_since=said_at))
    elif speaker in (Speaker.AGENT, Speaker.ROBOT):
        connection.execute(this.values(waiting_since=None))


def wait_again(connection: Connection, conversation: str) -> None:
    """Have the conversation wait since the first buyer line behind the shop's last that was not taken back."""
    mine = messages.c.conversation == conversation
    holding = or_(*(messages.c.reply_id.startswith(beginning, autoescape=True) for beginning in HOLDING))
    said = mine & messages.c.speaker.in_([Speaker.AGENT.value, Speaker.ROBOT.value]) & ~holding
    stands = (outbox.c.state != Delivery.WITHDRAWN.value) | outbox.c.state.is_(None)
    answered = select(func.max(messages.c.number)).outerjoin(outbox, outbox.c.message == messages.c.id)
    last = connection.execute(answered.where(said, stands)).scalar() or 0
    asked = mine & (messages.c.speaker == Speaker.BUYER.value) & (messages.c.number > last)
    since = connection.execute(select(messages.c.said_at).where(asked).order_by(messages.c.number).limit(1)).scalar()
    this = update(conversations).where(conversations.c.id == conversation)
    connection.execute(this.values(waiting_since=since))


def find_external(connection: Connection, conversation: str, speaker: Speaker, external_id: str) -> Message | None:
    """The line with the id that its channel or its sender gave it."""
    mine = (
        (messages.c.conversation == conversation)
        & (messages.c.speaker == speaker.value)
        & (messages.c.external_id == external_id)
    )
    row = connection.execute(_with_delivery().where(mine)).first()
    return _message(row) if row is not None else None


def get_message(connection: Connection, message: str) -> Message | None:
    """The line with this id, None when there is none."""
    row = connection.execute(_with_delivery().where(messages.c.id == message)).first()
    return _message(row) if row is not None else None


def messages_of(
    connection: Connection, conversation: str, limit: int, before: int | None = None
) -> tuple[Message, ...]:
    """The latest lines of a conversation in their order, at most `limit`, of those numbered below `before`."""
    wanted = _with_delivery().where(messages.c.conversation == conversation)
    if before is not None:
        wanted = wanted.where(messages.c.number < before)
    rows = connection.execute(wanted.order_by(messages.c.number.desc()).limit(limit)).all()
    return tuple(_message(row) for row in reversed(rows))


def messages_between(
    connection: Connection, conversation: str, since: datetime, until: datetime
) -> tuple[Message, ...]:
    """The lines that were stored from `since` to before `until`, in their order."""
    stored = (messages.c.stored_at >= since) & (messages.c.stored_at < until)
    wanted = _with_delivery().where(messages.c.conversation == conversation, stored)
    return tuple(_message(row) for row in connection.execute(wanted.order_by(messages.c.number)))


def _with_delivery() -> Select[tuple[object, ...]]:
    return select(messages, outbox.c.state).outerjoin(outbox, outbox.c.message == messages.c.id)


def _message(row: Row[tuple[object, ...]]) -> Message:
    return Message(
        id=row.id,
        conversation=row.conversation,
        number=row.number,
        speaker=Speaker(row.speaker),
        text=row.text,
        said_at=row.said_at,
        author=row.author,
        reply_id=row.reply_id,
        delivery=Delivery(row.state) if row.state is not None else None,
        stored_at=row.stored_at,
    )


def conversation_from(row: Row[tuple[object, ...]]) -> Conversation:
    """The conversation that a row of the table holds."""
    return Conversation(
        id=row.id,
        shop=row.shop,
        channel=row.channel,
        buyer=row.buyer,
        buyer_name=row.buyer_name,
        opened_at=row.opened_at,
        updated_at=row.updated_at,
        waiting_since=row.waiting_since,
    )
