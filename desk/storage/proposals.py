"""Replies that somebody proposed, until they are accepted or declined."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy import Connection, Row, select, update

from desk.storage.tables_library import proposals


class ProposalState(str, Enum):
    """Waits for a leader, was accepted for the library, or was declined."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True)
class Proposal:
    """A reply for the library. `conditions` are its `when`; `lines` the buyers' lines that it answers, by id."""

    id: str
    shop: str
    reply_id: str
    topic: str
    text: str
    questions: tuple[str, ...]
    conditions: Mapping[str, Any]
    lines: tuple[str, ...]
    made_by: str
    made_at: datetime
    state: ProposalState = ProposalState.OPEN
    decided_by: str = ""
    decided_at: datetime | None = None
    note: str = ""


def add_proposal(connection: Connection, proposal: Proposal) -> None:
    """Store a new one."""
    connection.execute(
        proposals.insert().values(
            id=proposal.id,
            shop=proposal.shop,
            reply_id=proposal.reply_id,
            topic=proposal.topic,
            text=proposal.text,
            questions=list(proposal.questions),
            conditions=dict(proposal.conditions),
            lines=list(proposal.lines),
            state=proposal.state.value,
            made_by=proposal.made_by,
            made_at=proposal.made_at,
        )
    )


def get_proposal(connection: Connection, shop: str, proposal: str) -> Proposal | None:
    """The proposal of a shop with this id, None when there is none."""
    mine = (proposals.c.shop == shop) & (proposals.c.id == proposal)
    row = connection.execute(select(proposals).where(mine)).first()
    return _proposal(row) if row is not None else None


def proposals_of(
    connection: Connection, shop: str | None, state: ProposalState | None, limit: int
) -> tuple[Proposal, ...]:
    """The proposals of a shop or of all, in a state or in any, the latest first, at most `limit`."""
    wanted = select(proposals)
    if shop is not None:
        wanted = wanted.where(proposals.c.shop == shop)
    if state is not None:
        wanted = wanted.where(proposals.c.state == state.value)
    rows = connection.execute(wanted.order_by(proposals.c.made_at.desc(), proposals.c.id).limit(limit))
    return tuple(_proposal(row) for row in rows)


def settle_proposal(
    connection: Connection, proposal: str, state: ProposalState, agent: str, now: datetime, note: str
) -> bool:
    """Accept or decline one that is open; False when it no longer is."""
    mine = (proposals.c.id == proposal) & (proposals.c.state == ProposalState.OPEN.value)
    settled = update(proposals).where(mine)
    values = {"state": state.value, "decided_by": agent, "decided_at": now, "note": note}
    return connection.execute(settled.values(**values)).rowcount == 1


def _proposal(row: Row[tuple[object, ...]]) -> Proposal:
    return Proposal(
        id=row.id,
        shop=row.shop,
        reply_id=row.reply_id,
        topic=row.topic,
        text=row.text,
        questions=tuple(row.questions),
        conditions=row.conditions,
        lines=tuple(row.lines),
        made_by=row.made_by,
        made_at=row.made_at,
        state=ProposalState(row.state),
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        note=row.note,
    )
