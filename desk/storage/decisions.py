"""What agents made of suggestions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from sqlalchemy import Connection

from desk.storage.conversations import new_id
from desk.storage.tables import decisions


class DecisionKind(str, Enum):
    """Sent as offered, sent after a change, refused, found in the library instead, written by hand, sent by itself."""

    APPROVED = "approved"
    EDITED = "edited"
    REJECTED = "rejected"
    SEARCHED = "searched"
    WRITTEN = "written"
    AUTOMATIC = "automatic"


@dataclass(frozen=True)
class Decision:
    """One decision; `offered` is the text of the suggestion, `rank` counts from 1."""

    kind: DecisionKind
    agent: str
    suggestion: str | None = None
    message: str | None = None
    rank: int | None = None
    reply_id: str = ""
    offered: str = ""
    reason: str = ""


def add_decision(connection: Connection, shop: str, conversation: str, decision: Decision, now: datetime) -> str:
    """Store a decision and give its id."""
    name = new_id()
    connection.execute(
        decisions.insert().values(
            id=name,
            shop=shop,
            conversation=conversation,
            suggestion=decision.suggestion,
            message=decision.message,
            agent=decision.agent,
            kind=decision.kind.value,
            rank=decision.rank,
            reply_id=decision.reply_id,
            offered=decision.offered,
            reason=decision.reason,
            at=now,
        )
    )
    return name
