"""What agents decided, beside what they were offered: read back to learn from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, or_, select

from desk.storage.decisions import DecisionKind
from desk.storage.suggestions import Suggested
from desk.storage.tables import decisions, messages, suggestions


@dataclass(frozen=True)
class Decided:
    """One decision. `sent` is the text that left, "" for none; `robot`: no person made it."""

    id: str
    conversation: str
    kind: DecisionKind
    at: datetime
    suggestion: str | None
    rank: int | None
    reply_id: str
    offered: str
    sent: str
    robot: bool


def decided_in(connection: Connection, shop: str, limit: int, after: Decided | None = None) -> tuple[Decided, ...]:
    """The next decisions of a shop behind `after`, at most `limit`: by conversations, in each the earliest first."""
    table = decisions
    wanted = (
        select(table, messages.c.text, messages.c.speaker)
        .outerjoin(messages, messages.c.id == table.c.message)
        .where(table.c.shop == shop)
    )
    if after is not None:
        later = or_(table.c.at > after.at, and_(table.c.at == after.at, table.c.id > after.id))
        same = and_(table.c.conversation == after.conversation, later)
        wanted = wanted.where(or_(table.c.conversation > after.conversation, same))
    rows = connection.execute(wanted.order_by(table.c.conversation, table.c.at, table.c.id).limit(limit))
    return tuple(
        Decided(
            id=row.id,
            conversation=row.conversation,
            kind=DecisionKind(row.kind),
            at=row.at,
            suggestion=row.suggestion,
            rank=row.rank,
            reply_id=row.reply_id,
            offered=row.offered,
            sent=row.text or "",
            robot=row.speaker == "robot",
        )
        for row in rows
    )


def suggested_before(connection: Connection, conversation: str, at: datetime) -> Suggested | None:
    """What was on offer in a conversation at a moment: the latest suggestions made by then."""
    mine = and_(suggestions.c.conversation == conversation, suggestions.c.made_at <= at)
    row = connection.execute(
        select(suggestions).where(mine).order_by(suggestions.c.made_at.desc(), suggestions.c.id).limit(1)
    ).first()
    return Suggested(row.id, row.message, row.answer) if row is not None else None


def suggested_by_id(connection: Connection, suggestion: str) -> Suggested | None:
    """What was offered under this id, None when nothing was."""
    row = connection.execute(select(suggestions).where(suggestions.c.id == suggestion)).first()
    return Suggested(row.id, row.message, row.answer) if row is not None else None
