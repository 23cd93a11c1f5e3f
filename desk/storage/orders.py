"""Orders that were imported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, select

from desk.storage.tables import orders


@dataclass(frozen=True)
class OrderRow:
    """An order; `fields` are the values of an OrderSource as JSON, without the number."""

    number: str
    buyer: str = ""
    placed_at: datetime | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)

    def known(self) -> dict[str, Any]:
        """What an OrderSource says about it."""
        return {"number": self.number, **self.fields}


def put_orders(connection: Connection, shop: str, rows: Sequence[OrderRow], now: datetime) -> None:
    """Add orders, each in place of the one with its number. The caller has locked the shop."""
    numbers = [row.number for row in rows]
    if not numbers:
        return
    connection.execute(delete(orders).where(orders.c.shop == shop, orders.c.number.in_(numbers)))
    values = [
        {
            "shop": shop,
            "number": row.number,
            "buyer": row.buyer,
            "placed_at": row.placed_at,
            "fields": dict(row.fields),
            "updated_at": now,
        }
        for row in rows
    ]
    connection.execute(orders.insert(), values)


def latest_order(connection: Connection, shop: str, buyer: str) -> OrderRow | None:
    """The order that a buyer placed last; those without a moment come after those with one."""
    mine = (orders.c.shop == shop) & (orders.c.buyer == buyer)
    by_age = (orders.c.placed_at.desc().nulls_last(), orders.c.updated_at.desc(), orders.c.number.desc())
    row = connection.execute(select(orders).where(mine).order_by(*by_age).limit(1)).first()
    return _order(row) if row is not None else None


def get_order(connection: Connection, shop: str, number: str) -> OrderRow | None:
    """The order with this number, None when there is none."""
    row = connection.execute(select(orders).where(orders.c.shop == shop, orders.c.number == number)).first()
    return _order(row) if row is not None else None


def orders_of(connection: Connection, shop: str, limit: int, buyer: str | None = None) -> tuple[OrderRow, ...]:
    """The orders of a shop or of one of its buyers, the latest first, at most `limit`."""
    wanted = select(orders).where(orders.c.shop == shop)
    if buyer is not None:
        wanted = wanted.where(orders.c.buyer == buyer)
    rows = connection.execute(wanted.order_by(orders.c.placed_at.desc().nulls_last(), orders.c.number).limit(limit))
    return tuple(_order(row) for row in rows)


def order_count(connection: Connection, shop: str) -> int:
    """How many orders of a shop there are."""
    return int(connection.execute(select(func.count()).select_from(orders).where(orders.c.shop == shop)).scalar_one())


def _order(row: Row[tuple[object, ...]]) -> OrderRow:
    return OrderRow(row.number, row.buyer, row.placed_at, row.fields)
