"""Which replies were shown to agents: counts that outlive the texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, func, select

from desk.storage.tables import conversations
from desk.storage.tables_library import offers


def add_offers(
    connection: Connection, suggestion: str, conversation: str, reply_ids: Sequence[str], now: datetime
) -> None:
    """Note the replies of one set of suggestions, best first."""
    if not reply_ids:
        return
    shop = connection.execute(select(conversations.c.shop).where(conversations.c.id == conversation)).scalar_one()
    values = [
        {"suggestion": suggestion, "rank": rank, "shop": shop, "reply_id": reply_id, "at": now}
        for rank, reply_id in enumerate(reply_ids, 1)
    ]
    connection.execute(offers.insert(), values)


def shown_by_reply(connection: Connection, shop: str, since: datetime, until: datetime) -> Mapping[str, int]:
    """How often each reply was shown in a shop from `since` to before `until`."""
    mine = (offers.c.shop == shop) & (offers.c.at >= since) & (offers.c.at < until)
    counted = select(offers.c.reply_id, func.count()).where(mine).group_by(offers.c.reply_id)
    return {reply_id: int(count) for reply_id, count in connection.execute(counted)}
