"""What was offered for a buyer's line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from desk.storage.conversations import new_id
from desk.storage.offers import add_offers
from desk.storage.tables import suggestions


@dataclass(frozen=True)
class Suggested:
    """An answer of the desk as it was stored, in the form of the command line's JSON."""

    id: str
    message: str
    answer: Mapping[str, Any]


@dataclass(frozen=True)
class Offer:
    """One of the suggestions; `rank` counts from 1."""

    suggestion: str
    rank: int
    reply_id: str
    text: str


def add_suggested(
    connection: Connection, message: str, conversation: str, answer: Mapping[str, Any], now: datetime
) -> str:
    """Store what was offered for a line, once; gives the id under which it stands."""
    known = connection.execute(select(suggestions.c.id).where(suggestions.c.message == message)).scalar()
    if known is not None:
        return str(known)
    name = new_id()
    connection.execute(
        suggestions.insert().values(
            id=name, message=message, conversation=conversation, made_at=now, answer=dict(answer)
        )
    )
    add_offers(connection, name, conversation, [item["reply_id"] for item in answer["suggestions"]], now)
    return name


def latest_suggested(connection: Connection, conversation: str) -> Suggested | None:
    """What was offered last in a conversation."""
    mine = select(suggestions).where(suggestions.c.conversation == conversation)
    row = connection.execute(mine.order_by(suggestions.c.made_at.desc()).limit(1)).first()
    return Suggested(row.id, row.message, row.answer) if row is not None else None


def find_offer(connection: Connection, suggestion: str | None, rank: int | None, conversation: str) -> Offer | None:
    """The suggestion of that rank, None when there is none in this conversation."""
    if suggestion is None or rank is None:
        return None
    mine = (suggestions.c.id == suggestion) & (suggestions.c.conversation == conversation)
    row = connection.execute(select(suggestions.c.answer).where(mine)).first()
    offered = row.answer["suggestions"] if row is not None else []
    if not 1 <= rank <= len(offered):
        return None
    return Offer(suggestion, rank, offered[rank - 1]["reply_id"], offered[rank - 1]["text"])
