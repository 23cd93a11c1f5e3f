"""Taking away what people said and where they live, while counts, times and the audit's chain stay.

An erased line has no text; an erased conversation has no buyer. The caller has locked the shop.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, select, update

from contracts.conversation import Delivery
from desk.storage.handovers import erase_entries
from desk.storage.tables import conversations, decisions, events, messages, orders, outbox, suggestions, unread
from desk.storage.tables_night import nights, problems

_UNSENT = (Delivery.QUEUED.value, Delivery.SENDING.value, Delivery.DEAD.value)
_BATCH = 500
_GONE = "erased-"
_KEPT = ("message", "number", "speaker", "author", "reply_id", "suggestion", "state", "attempt")
"""What stays of an event: a client that was away can still count and find its way."""


def conversations_with(connection: Connection, shop: str, buyer: str) -> tuple[str, ...]:
    """The ids of a buyer's conversations in a shop, through whatever channel."""
    mine = (conversations.c.shop == shop) & (conversations.c.buyer == buyer)
    return tuple(connection.scalars(select(conversations.c.id).where(mine).order_by(conversations.c.id)))


def erase_conversation(connection: Connection, conversation: str) -> int:
    """Erase everything that was said in a conversation and who the buyer is; gives the number of lines."""
    mine = select(messages.c.id).where(messages.c.conversation == conversation, messages.c.text != "")
    lines = tuple(connection.scalars(mine))
    for place in range(0, len(lines), _BATCH):
        erase_lines(connection, lines[place : place + _BATCH])
    theirs = update(decisions).where(decisions.c.conversation == conversation)
    connection.execute(theirs.values(offered="", reason="", suggestion=None))
    connection.execute(delete(suggestions).where(suggestions.c.conversation == conversation))
    _erase_events(connection, conversation)
    erase_books(connection, [conversation])
    _erase_buyer(connection, [conversation])
    return len(lines)


def erase_lines(connection: Connection, lines: Sequence[str]) -> None:
    """Erase lines, what was offered for them and decided about them; what has not left yet does not leave any more."""
    offered = select(suggestions.c.id).where(suggestions.c.message.in_(lines))
    about = decisions.c.message.in_(lines) | decisions.c.suggestion.in_(offered)
    connection.execute(update(decisions).where(about).values(offered="", reason=""))
    connection.execute(update(decisions).where(decisions.c.suggestion.in_(offered)).values(suggestion=None))
    connection.execute(delete(suggestions).where(suggestions.c.message.in_(lines)))
    connection.execute(delete(unread).where(unread.c.message.in_(lines)))
    connection.execute(delete(outbox).where(outbox.c.message.in_(lines), outbox.c.state.in_(_UNSENT)))
    connection.execute(update(outbox).where(outbox.c.message.in_(lines)).values(error=""))
    connection.execute(update(messages).where(messages.c.id.in_(lines)).values(text="", external_id=None))


def erase_orders(connection: Connection, shop: str, buyer: str) -> int:
    """Delete a buyer's orders, and give their number."""
    return connection.execute(delete(orders).where(orders.c.shop == shop, orders.c.buyer == buyer)).rowcount


def lines_before(connection: Connection, shop: str, before: datetime) -> tuple[str, ...]:
    """Lines of a shop that were stored before a moment and not erased yet, as many as go into one piece of work."""
    joined = select(messages.c.id).join(conversations, conversations.c.id == messages.c.conversation)
    wanted = joined.where(conversations.c.shop == shop, messages.c.stored_at < before, messages.c.text != "")
    return tuple(connection.scalars(wanted.limit(_BATCH)))


def erase_orders_before(connection: Connection, shop: str, before: datetime) -> int:
    """Delete orders that nothing was heard of since a moment, and give their number."""
    return connection.execute(delete(orders).where(orders.c.shop == shop, orders.c.updated_at < before)).rowcount


def forget_buyers_before(connection: Connection, shop: str, before: datetime) -> int:
    """Forget who the buyers of conversations were that ended before a moment, and give the number of these."""
    theirs = (conversations.c.shop == shop) & (conversations.c.updated_at < before)
    known = select(conversations.c.id).where(theirs, ~conversations.c.buyer.startswith(_GONE, autoescape=True))
    ended = tuple(connection.scalars(known.limit(_BATCH)))
    erase_books(connection, ended)
    _erase_buyer(connection, ended)
    return len(ended)


def _erase_buyer(connection: Connection, ended: Sequence[str]) -> None:
    """A buyer who writes again begins a new conversation."""
    this = update(conversations).where(conversations.c.id.in_(ended))
    connection.execute(this.values(buyer=_GONE + conversations.c.id, buyer_name="", waiting_since=None))


def erase_books(connection: Connection, talks: Sequence[str]) -> None:
    """Erase what nights, the handover book and the problem book hold of conversations."""
    connection.execute(delete(nights).where(nights.c.conversation.in_(talks)))
    erase_entries(connection, talks)
    connection.execute(update(problems).where(problems.c.conversation.in_(talks)).values(text="", answer=""))


def _erase_events(connection: Connection, conversation: str) -> None:
    mine = select(events.c.shop, events.c.number, events.c.body).where(events.c.conversation == conversation)
    for event in connection.execute(mine).all():
        this = (events.c.shop == event.shop) & (events.c.number == event.number)
        connection.execute(update(events).where(this).values(body=_bare(event.body)))


def _bare(body: Mapping[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in body.items() if key in _KEPT}
    return {**kept, "text": "", "erased": True} if "text" in body else {**kept, "erased": True}
