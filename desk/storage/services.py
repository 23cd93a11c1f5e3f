"""Who answered which buyers, and what these buyers ordered: what the service statistics book is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from contracts.turn import Speaker
from desk.storage.tables import conversations, messages, orders

MOST = 200_000
"""Lines that are read for one book."""


@dataclass(frozen=True)
class AgentLine:
    """A line that a person sent."""

    agent: str
    buyer: str
    at: datetime


def agent_lines(connection: Connection, shop: str, since: datetime, until: datetime) -> tuple[AgentLine, ...]:
    """The lines of people in a shop from `since` to before `until`, in their order."""
    joined = select(messages.c.author, conversations.c.buyer, messages.c.stored_at).join(
        conversations, conversations.c.id == messages.c.conversation
    )
    mine = joined.where(
        conversations.c.shop == shop,
        messages.c.speaker == Speaker.AGENT.value,
        messages.c.stored_at >= since,
        messages.c.stored_at < until,
    )
    rows = connection.execute(mine.order_by(messages.c.stored_at).limit(MOST))
    return tuple(AgentLine(row.author, row.buyer, row.stored_at) for row in rows)


def orders_placed(
    connection: Connection, shop: str, since: datetime, until: datetime
) -> tuple[tuple[str, datetime], ...]:
    """Buyer and moment of each order placed from `since` to before `until`."""
    mine = select(orders.c.buyer, orders.c.placed_at).where(
        orders.c.shop == shop, orders.c.placed_at >= since, orders.c.placed_at < until, func.length(orders.c.buyer) > 0
    )
    return tuple((row.buyer, row.placed_at) for row in connection.execute(mine))
