"""What happened in a shop, in order: a client that was away reads on from the last number it saw."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, select, update

from desk.storage.tables import events, shops

EVENTS = "huashu_events"
"""What PostgreSQL notifies when a transaction with events has ended; the payload is the shop."""

NOTICES = "huashu_notices"
"""What PostgreSQL notifies with a notice, which is the payload in JSON."""

STIRRED = "huashu_stirred"
"""Under this name a connection keeps the shops that its transaction has written events for."""


@dataclass(frozen=True)
class Event:
    """One thing that happened; `number` counts from 1 within the shop, without gaps."""

    shop: str
    number: int
    at: datetime
    kind: str
    conversation: str
    body: Mapping[str, Any]


@dataclass(frozen=True)
class Notice:
    """Something that is only of interest now, such as that somebody is typing; it has no number and is not stored."""

    shop: str
    at: datetime
    kind: str
    conversation: str
    body: Mapping[str, Any]


def publish(
    connection: Connection, shop: str, at: datetime, kind: str, conversation: str, body: Mapping[str, Any]
) -> int:
    """Add an event and give its number. The caller has locked the shop (`lock_shop`)."""
    number = _next(connection, shop)
    connection.execute(
        events.insert().values(
            shop=shop, number=number, at=at, kind=kind, conversation=conversation or None, body=dict(body)
        )
    )
    connection.info.setdefault(STIRRED, set()).add(shop)
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_notify(EVENTS, shop)))
    return number


def announce(connection: Connection, notice: Notice) -> None:
    """Tell every process that listens, this one too. PostgreSQL only."""
    said = {**asdict(notice), "at": notice.at.isoformat()}
    connection.execute(select(func.pg_notify(NOTICES, json.dumps(said))))


def read_notice(payload: str) -> Notice:
    """The notice that another process has announced."""
    said = json.loads(payload)
    return Notice(**{**said, "at": datetime.fromisoformat(said["at"])})


def _next(connection: Connection, shop: str) -> int:
    counted = update(shops).where(shops.c.id == shop).values(last_event=shops.c.last_event + 1)
    return int(connection.execute(counted.returning(shops.c.last_event)).scalar_one())


def last_number(connection: Connection, shop: str) -> int:
    """The number of the latest event, 0 when there is none."""
    return int(connection.execute(select(shops.c.last_event).where(shops.c.id == shop)).scalar() or 0)


def events_after(connection: Connection, shop: str, number: int, limit: int) -> tuple[Event, ...]:
    """The events behind `number`, oldest first, at most `limit`."""
    wanted = select(events).where(events.c.shop == shop, events.c.number > number)
    rows = connection.execute(wanted.order_by(events.c.number).limit(limit))
    return tuple(Event(row.shop, row.number, row.at, row.kind, row.conversation or "", row.body) for row in rows)


def forget_events(connection: Connection, shop: str, before: datetime) -> int:
    """Drop the events from before a moment, and give their number; who was away longer starts afresh."""
    return connection.execute(delete(events).where(events.c.shop == shop, events.c.at < before)).rowcount
