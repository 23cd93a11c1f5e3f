"""Orders that were imported into the desk's own database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from desk.storage.database import Database
from desk.storage.orders import OrderRow, latest_order, put_orders
from desk.storage.shops import lock_shop

PART = 500
"""Orders that are written at once."""

Parts = Iterable[Sequence[OrderRow]]


class TableOrders:
    """Finds orders in the database; safe to use from several threads."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def latest(self, shop: str, buyer: str) -> Mapping[str, Any]:
        """The order that the buyer placed last; empty when there is none. Raises ServiceDown."""
        if not buyer:
            return {}
        with self._database.reading() as connection:
            found = latest_order(connection, shop, buyer)
        return found.known() if found else {}


def import_orders(
    database: Database,
    shop: str,
    rows: Sequence[OrderRow],
    now: datetime,
    watch: Callable[[Sequence[Sequence[OrderRow]]], Parts] = lambda parts: parts,
) -> None:
    """Keep orders, all or none, each in place of the one with its number. `watch` is given the parts and hands them on.

    Raises InputError for an unknown shop, ServiceDown.
    """
    parts = [rows[start : start + PART] for start in range(0, len(rows), PART)]
    with database.transaction() as connection:
        lock_shop(connection, shop)
        for part in watch(parts):
            put_orders(connection, shop, part, now)
