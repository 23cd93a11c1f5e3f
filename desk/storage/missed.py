"""Buyer lines whose suggestions were of no use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from sqlalchemy import ColumnElement, Connection, and_, case, exists, func, or_, select

from contracts.turn import Speaker
from desk.storage.decisions import DecisionKind
from desk.storage.tables import conversations, decisions, messages, suggestions
from desk.storage.tables_library import offers

_USED = (DecisionKind.APPROVED.value, DecisionKind.EDITED.value)
_OTHERWISE = (DecisionKind.WRITTEN.value, DecisionKind.SEARCHED.value)


class MissReason(str, Enum):
    """Nothing safe was found; an agent refused all that was; or answered with something else."""

    NONE = "none"
    REJECTED = "rejected"
    OTHERWISE = "otherwise"


@dataclass(frozen=True)
class Missed:
    """A buyer's line, when it was said, and why its suggestions were of no use; `intent` is the main one read in it."""

    message: str
    conversation: str
    text: str
    said_at: datetime
    reason: MissReason
    intent: str


def missed_between(connection: Connection, shop: str, since: datetime, until: datetime, limit: int) -> list[Missed]:
    """The lines of a shop that were missed, the latest first, at most `limit`; none that were erased."""
    shown, refused = _shown(), _refused()
    reason = case(
        (shown == 0, MissReason.NONE.value),
        (refused >= shown, MissReason.REJECTED.value),
        else_=MissReason.OTHERWISE.value,
    )
    wanted = (
        select(
            messages.c.id,
            messages.c.conversation,
            messages.c.text,
            messages.c.said_at,
            reason,
            suggestions.c.answer[("understanding", "intents", 0, "name")].as_string(),
        )
        .join(messages, messages.c.id == suggestions.c.message)
        .join(conversations, conversations.c.id == messages.c.conversation)
        .where(conversations.c.shop == shop, suggestions.c.made_at >= since, suggestions.c.made_at < until)
        .where(messages.c.text != "", ~_used(), or_(shown == 0, refused >= shown, _answered_otherwise()))
        .order_by(messages.c.said_at.desc(), messages.c.id)
        .limit(limit)
    )
    return [
        Missed(name, talk, text, at, MissReason(why), intent or "")
        for name, talk, text, at, why, intent in connection.execute(wanted)
    ]


def texts_of(connection: Connection, shop: str, lines: list[str]) -> dict[str, str]:
    """The words of buyers' lines of a shop by id; those that are not there, or erased, are left out."""
    joined = select(messages.c.id, messages.c.text).join(conversations, conversations.c.id == messages.c.conversation)
    mine = (conversations.c.shop == shop) & (messages.c.speaker == Speaker.BUYER.value) & (messages.c.text != "")
    return {row.id: row.text for row in connection.execute(joined.where(mine, messages.c.id.in_(lines)))}


def _shown() -> ColumnElement[int]:
    counted = select(func.count()).select_from(offers).where(offers.c.suggestion == suggestions.c.id)
    return counted.correlate(suggestions).scalar_subquery()


def _refused() -> ColumnElement[int]:
    counted = select(func.count(func.distinct(decisions.c.rank))).where(
        decisions.c.suggestion == suggestions.c.id, decisions.c.kind == DecisionKind.REJECTED.value
    )
    return counted.correlate(suggestions).scalar_subquery()


def _used() -> ColumnElement[bool]:
    return exists().where(decisions.c.suggestion == suggestions.c.id, decisions.c.kind.in_(_USED))


def _answered_otherwise() -> ColumnElement[bool]:
    """Whether the next line of the talk is an agent's own, not one of these suggestions."""
    later = messages.alias("later")
    first = select(func.min(later.c.number)).where(
        later.c.conversation == messages.c.conversation, later.c.number > messages.c.number
    )
    answer = messages.alias("answer")
    return exists(
        select(answer.c.id)
        .join(decisions, and_(decisions.c.message == answer.c.id, decisions.c.kind.in_(_OTHERWISE)))
        .where(
            answer.c.conversation == messages.c.conversation,
            answer.c.speaker == Speaker.AGENT.value,
            answer.c.number == first.correlate(messages).scalar_subquery(),
        )
        .correlate(messages)
    )
