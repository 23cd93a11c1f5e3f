"""What is counted for statistics, read in pieces that a shop's writers need not wait for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, func, select

from contracts.conversation import Delivery
from contracts.turn import Speaker
from desk.storage.decisions import DecisionKind
from desk.storage.tables import audit, conversations, decisions, messages, orders, outbox

_SPEAKERS = {speaker.value: speaker for speaker in Speaker}
_CHUNK = 500
_STANDS = (outbox.c.state != Delivery.WITHDRAWN.value) | outbox.c.state.is_(None)
"""What was not taken back before it left."""


@dataclass(frozen=True)
class SaidLine:
    """A line that was said and not taken back, without its words."""

    conversation: str
    speaker: Speaker
    said_at: datetime
    author: str


@dataclass(frozen=True)
class Decided:
    """How many decisions of a kind an agent took about suggestions of a rank (0: none) of a reply ("": none)."""

    agent: str
    kind: DecisionKind
    rank: int
    reply_id: str
    count: int


@dataclass(frozen=True)
class Edited:
    """A suggestion as it was offered and as it was sent; both empty once they were erased."""

    agent: str
    reply_id: str
    offered: str
    sent: str


@dataclass(frozen=True)
class BlockedSend:
    """A text that the rules kept from leaving, and the clauses that did."""

    actor: str
    at: datetime
    clauses: tuple[str, ...]


def lines_between(connection: Connection, shop: str, since: datetime, until: datetime) -> list[SaidLine]:
    """The lines of a shop said from `since` to before `until`, in their order."""
    said = (messages.c.said_at >= since) & (messages.c.said_at < until)
    joined = (
        select(messages.c.conversation, messages.c.speaker, messages.c.said_at, messages.c.author)
        .join(conversations, conversations.c.id == messages.c.conversation)
        .outerjoin(outbox, outbox.c.message == messages.c.id)
        .where(conversations.c.shop == shop, said, _STANDS)
        .order_by(messages.c.said_at, messages.c.conversation, messages.c.number)
    )
    return [SaidLine(talk, _SPEAKERS[who], at, author) for talk, who, at, author in connection.execute(joined)]


def decided_between(connection: Connection, shop: str, since: datetime, until: datetime) -> list[Decided]:
    """The decisions of people in a shop, counted; none about a line that was taken back."""
    table = decisions.c
    groups = (table.agent, table.kind, func.coalesce(table.rank, 0), table.reply_id)
    by_person = (messages.c.speaker == Speaker.AGENT.value) | messages.c.speaker.is_(None)
    counted = (
        select(*groups, func.count())
        .outerjoin(messages, messages.c.id == table.message)
        .outerjoin(outbox, outbox.c.message == table.message)
        .where(_within(decisions, shop, since, until), by_person, _STANDS)
        .group_by(*groups)
    )
    return [
        Decided(agent, DecisionKind(kind), rank, reply_id, int(count))
        for agent, kind, rank, reply_id, count in connection.execute(counted)
    ]


def edited_between(
    connection: Connection, shop: str, since: datetime, until: datetime, limit: int, reply_id: str | None = None
) -> list[Edited]:
    """The latest edits of a shop, or of one reply in it, at most `limit`; those that were erased are left out."""
    table = decisions.c
    edits = _within(decisions, shop, since, until) & (table.kind == DecisionKind.EDITED.value)
    wanted = (
        select(table.agent, table.reply_id, table.offered, messages.c.text)
        .join(messages, messages.c.id == table.message)
        .where(edits, table.offered != "", messages.c.text != "")
    )
    if reply_id is not None:
        wanted = wanted.where(table.reply_id == reply_id)
    return [Edited(*row) for row in connection.execute(wanted.order_by(table.at.desc()).limit(limit))]


def blocked_between(
    connection: Connection, shop: str, since: datetime, until: datetime, limit: int
) -> list[BlockedSend]:
    """The latest texts of a shop that were stopped, at most `limit`, with their clauses; none of what was erased."""
    stopped = _within(audit, shop, since, until) & (audit.c.kind == "blocked")
    wanted = select(audit.c.actor, audit.c.at, audit.c.body).where(stopped).order_by(audit.c.at.desc()).limit(limit)
    return [BlockedSend(actor, at, _clauses(body)) for actor, at, body in connection.execute(wanted)]


def orders_of_talks(connection: Connection, shop: str, talks: Sequence[str]) -> list[tuple[str, Mapping[str, Any]]]:
    """The orders of the buyers of these conversations: the conversation, and the fields of one order of its buyer."""
    found: list[tuple[str, Mapping[str, Any]]] = []
    mine = (orders.c.shop == conversations.c.shop) & (orders.c.buyer == conversations.c.buyer)
    joined = select(conversations.c.id, orders.c.fields).join(orders, mine).where(conversations.c.shop == shop)
    for place in range(0, len(talks), _CHUNK):
        chunk = joined.where(conversations.c.id.in_(talks[place : place + _CHUNK]))
        found += [(talk, fields) for talk, fields in connection.execute(chunk)]
    return found


def _within(table: Table, shop: str, since: datetime, until: datetime) -> ColumnElement[bool]:
    inside: ColumnElement[bool] = (table.c.shop == shop) & (table.c.at >= since) & (table.c.at < until)
    return inside


def _clauses(body: Mapping[str, Any] | None) -> tuple[str, ...]:
    found = body["findings"] if body else ()
    return tuple(dict.fromkeys(item["clause"] for item in found if item["severity"] == "block"))
