"""Orders for the demo shops, `data/orders/<shop>.csv`, and one of them for each buyer who is new in the demo window."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from contracts.context import OrderStatus
from contracts.errors import DataError
from contracts.shop import Shop
from desk.orders.csv_file import read_orders
from desk.shops import Shops
from desk.storage.database import Connection, Database
from desk.storage.orders import OrderRow, get_order, latest_order, order_count, put_orders
from desk.storage.shops import lock_shop

_GIVEN = frozenset({"paid", "shipped", "delivered"})
"""States of orders that a new buyer gets: those whose slots are filled."""

_MOMENTS = ("paid_at",)
_DAYS = ("shipped_on", "eta", "order.agreed_ship_date")
_DIGITS = 6


class DemoOrders:
    """The made-up orders of each shop, as their files hold them."""

    def __init__(self, rows: Mapping[str, tuple[OrderRow, ...]]) -> None:
        self._rows = dict(rows)

    def seed(self, database: Database, shops: Shops, now: datetime) -> None:
        """Keep the orders of every demo shop that has none yet, their days moved up to `now`. Raises ServiceDown."""
        for shop, rows in self._rows.items():
            with database.transaction() as connection:
                if order_count(connection, shop) == 0:
                    lock_shop(connection, shop)
                    put_orders(connection, shop, _moved(rows, shops.find(shop), now), now)

    def give(
        self, connection: Connection, shop: Shop, buyer: str, now: datetime, status: OrderStatus | None = None
    ) -> None:
        """See that a buyer of the demo window has an order: a copy of a made-up one, in this state if one is named.

        The caller has locked the shop.
        """
        wanted = frozenset({status.value}) if status else _GIVEN
        fitting = [row for row in self._rows.get(shop.id, ()) if row.fields.get("status") in wanted]
        if not fitting or latest_order(connection, shop.id, buyer) is not None:
            return
        drawn = int.from_bytes(hashlib.sha256(buyer.encode()).digest()[:4], "big") % len(fitting)
        row = _moved(self._rows[shop.id], shop, now)[self._rows[shop.id].index(fitting[drawn])]
        number = _number(row.number)
        while get_order(connection, shop.id, number) is not None:
            number = _number(row.number)
        put_orders(connection, shop.id, (replace(row, number=number, buyer=buyer),), now)


def load_demo_orders(folder: Path, shops: Shops) -> DemoOrders:
    """The files of the demo shops below `folder`. Raises DataError."""
    rows = {}
    for path in sorted(folder.glob("*.csv")):
        if path.stem not in shops.ids:
            raise DataError(f"there is no shop {path.stem!r}", file=str(path))
        shop = shops.find(path.stem)
        if shop.demo:
            rows[shop.id] = read_orders(path, ZoneInfo(shop.timezone))
    return DemoOrders(rows)


def _number(number: str) -> str:
    return number[:-_DIGITS] + f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}}"


def _moved(rows: tuple[OrderRow, ...], shop: Shop, now: datetime) -> tuple[OrderRow, ...]:
    """The orders, the latest of them placed on the day before `now` and the others as long before it as in the file."""
    placed = [row.placed_at for row in rows if row.placed_at is not None]
    if not placed:
        return rows
    zone = ZoneInfo(shop.timezone)
    days = (now.astimezone(zone).date() - max(placed).astimezone(zone).date()) - timedelta(days=1)
    return tuple(
        replace(
            row,
            placed_at=row.placed_at + days if row.placed_at else None,
            fields={key: _later(key, value, days) for key, value in row.fields.items()},
        )
        for row in rows
    )


def _later(key: str, value: Any, days: timedelta) -> Any:
    if key in _MOMENTS:
        return (datetime.fromisoformat(value) + days).isoformat()
    return (date.fromisoformat(value) + days).isoformat() if key in _DAYS else value
