"""What a list shows of each conversation: its last line, and what the buyer said that nobody has answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from contracts.conversation import Delivery
from contracts.turn import Speaker
from desk.storage.tables import conversations, messages, outbox, suggestions

LATEST = 12
"""Lines of each conversation that are looked at, the latest."""


@dataclass(frozen=True)
class Glimpse:
    """A line as a list shows it; `understanding` is what was read in it, in the form of the command line's JSON."""

    number: int
    speaker: Speaker
    text: str
    said_at: datetime
    understanding: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Glance:
    """The last line of a conversation, and the buyer's lines behind the last one of the shop; at most LATEST."""

    last: Glimpse | None = None
    unanswered: tuple[Glimpse, ...] = ()


def glances(connection: Connection, names: Sequence[str]) -> Mapping[str, Glance]:
    """A glance at each conversation of these ids. Lines that were taken back were never said."""
    read = suggestions.c.answer["understanding"].label("understanding")
    wanted = (
        select(messages, outbox.c.state, read)
        .join(conversations, conversations.c.id == messages.c.conversation)
        .outerjoin(outbox, outbox.c.message == messages.c.id)
        .outerjoin(suggestions, suggestions.c.message == messages.c.id)
        .where(messages.c.conversation.in_(names), messages.c.number > conversations.c.last_number - LATEST)
        .order_by(messages.c.number)
    )
    lines: dict[str, list[Glimpse]] = {name: [] for name in names}
    for row in connection.execute(wanted):
        if row.state != Delivery.WITHDRAWN.value:
            lines[row.conversation].append(_glimpse(row))
    return {name: _glance(said) for name, said in lines.items()}


def _glance(lines: list[Glimpse]) -> Glance:
    cut = len(lines)
    while cut and lines[cut - 1].speaker is Speaker.BUYER:
        cut -= 1
    return Glance(lines[-1] if lines else None, tuple(lines[cut:]))


def _glimpse(row: Row[tuple[object, ...]]) -> Glimpse:
    return Glimpse(row.number, Speaker(row.speaker), row.text, row.said_at, row.understanding)
