"""What a buyer of the built-in window sees: their own lines, and those of the shop once they were delivered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from contracts.turn import Speaker
from desk.storage.tables import conversations, demo_window, messages


@dataclass(frozen=True)
class Shown:
    """A line as its buyer sees it; `place` counts from 1 in the order in which lines appeared."""

    place: int
    message: str
    mine: bool
    text: str
    at: datetime


def window_of(connection: Connection, shop: str, channel: str, buyer: str) -> str | None:
    """The conversation of a buyer, None when there is none yet."""
    table = conversations
    mine = (table.c.shop == shop) & (table.c.channel == channel) & (table.c.buyer == buyer)
    return connection.execute(select(table.c.id).where(mine)).scalar()


def show_own(connection: Connection, conversation: str) -> None:
    """Show a buyer the lines of their own that are not shown yet. The caller has locked the shop."""
    shown = select(demo_window.c.message).where(demo_window.c.conversation == conversation)
    own = (messages.c.conversation == conversation) & (messages.c.speaker == Speaker.BUYER.value)
    missing = select(messages.c.id).where(own, messages.c.id.not_in(shown)).order_by(messages.c.number)
    for message in connection.scalars(missing).all():
        _append(connection, conversation, message)


def show_delivered(connection: Connection, conversation: str, message: str) -> bool:
    """Show a line of the shop, once; False when it is no line of this conversation. The caller has locked the shop."""
    mine = (messages.c.id == message) & (messages.c.conversation == conversation)
    if connection.execute(select(messages.c.id).where(mine)).first() is None:
        return False
    if connection.execute(select(demo_window.c.place).where(demo_window.c.message == message)).first() is None:
        _append(connection, conversation, message)
    return True


def _append(connection: Connection, conversation: str, message: str) -> None:
    last = select(func.max(demo_window.c.place)).where(demo_window.c.conversation == conversation)
    place = int(connection.execute(last).scalar() or 0) + 1
    connection.execute(demo_window.insert().values(conversation=conversation, place=place, message=message))


def shown_after(connection: Connection, conversation: str, place: int, limit: int) -> tuple[Shown, ...]:
    """The lines that appeared behind `place`, in their order, at most `limit`."""
    joined = select(demo_window.c.place, messages).join(messages, messages.c.id == demo_window.c.message)
    wanted = joined.where(demo_window.c.conversation == conversation, demo_window.c.place > place)
    rows = connection.execute(wanted.order_by(demo_window.c.place).limit(limit))
    return tuple(Shown(row.place, row.id, row.speaker == Speaker.BUYER.value, row.text, row.said_at) for row in rows)
