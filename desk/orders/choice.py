"""Which source a shop's orders come from: its own order system where one is connected, else the table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desk.calls import Caller
from desk.connections import Connections
from desk.orders.http import HttpOrders
from desk.orders.protocol import OrderSource
from desk.orders.table import TableOrders
from desk.settings import OrderSettings
from desk.storage.database import Database


class ChosenOrders:
    """Asks each shop's own source, and `otherwise` for the shops without one."""

    def __init__(self, sources: Mapping[str, OrderSource], otherwise: OrderSource) -> None:
        self._sources = dict(sources)
        self._otherwise = otherwise

    def latest(self, shop: str, buyer: str) -> Mapping[str, Any]:
        """The buyer's latest order. Raises ServiceDown."""
        return self._sources.get(shop, self._otherwise).latest(shop, buyer)


def open_orders(settings: OrderSettings, connections: Connections, caller: Caller, database: Database) -> ChosenOrders:
    """The source of every shop."""
    sources = {
        shop: HttpOrders(connection, caller, settings.timeout_ms / 1000, settings.remember_seconds)
        for shop, connection in connections.orders.items()
    }
    return ChosenOrders(sources, TableOrders(database))
