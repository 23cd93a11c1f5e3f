from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import pytest

from contracts.errors import InputError
from desk.orders.table import PART, Parts, TableOrders, import_orders
from desk.storage.database import Database
from desk.storage.orders import OrderRow, get_order, order_count, orders_of
from desk.storage.shops import note_shops
from tests.desk.orders.conformance import OrderSourceConformance
from tests.desk.talk import LAMPS, SHOES, START


class TableBooks:
    """The table, filled by imports."""

    def __init__(self, database: Database) -> None:
        self.source = TableOrders(database)
        self._database = database
        self._at = START

    def put(self, shop: str, buyer: str, order: Mapping[str, Any]) -> None:
        self._at += timedelta(minutes=1)
        fields = {key: value for key, value in order.items() if key != "number"}
        import_orders(self._database, shop, [OrderRow(order["number"], buyer, self._at, fields)], self._at)


@pytest.fixture
def shops(database: Database) -> Database:
    with database.transaction() as connection:
        note_shops(connection, (LAMPS, SHOES))
    return database


class TestConformance(OrderSourceConformance):
    @pytest.fixture
    def books(self, shops: Database) -> TableBooks:
        return TableBooks(shops)


def _rows(count: int) -> list[OrderRow]:
    return [OrderRow(f"n{number}", "zhang", START, {"status": "paid"}) for number in range(count)]


def test_an_order_takes_the_place_of_the_one_with_its_number(shops: Database) -> None:
    import_orders(shops, "lamps", _rows(3), START)
    import_orders(shops, "lamps", [OrderRow("n1", "wang", None, {"status": "closed"})], START)
    import_orders(shops, "shoes", [OrderRow("n1", "li", None, {"status": "unpaid"})], START)
    with shops.transaction() as connection:
        assert get_order(connection, "lamps", "n1") == OrderRow("n1", "wang", None, {"status": "closed"})
        assert get_order(connection, "lamps", "n2") == OrderRow("n2", "zhang", START, {"status": "paid"})
        assert (order_count(connection, "lamps"), order_count(connection, "shoes")) == (3, 1)
        assert get_order(connection, "shoes", "n2") is None


def test_an_import_that_breaks_off_leaves_nothing(shops: Database) -> None:
    def broken(parts: Sequence[Sequence[OrderRow]]) -> Parts:
        yield parts[0]
        raise RuntimeError("the light went out")

    with pytest.raises(RuntimeError):
        import_orders(shops, "lamps", _rows(PART + 10), START, broken)
    with shops.transaction() as connection:
        assert order_count(connection, "lamps") == 0
    import_orders(shops, "lamps", _rows(PART + 10), START)
    with shops.transaction() as connection:
        assert order_count(connection, "lamps") == PART + 10


def test_orders_without_a_moment_come_last(shops: Database) -> None:
    rows = [OrderRow("a", "zhang"), OrderRow("b", "zhang", START), OrderRow("c", "zhang", START + timedelta(hours=1))]
    import_orders(shops, "lamps", rows, START)
    with shops.transaction() as connection:
        assert [row.number for row in orders_of(connection, "lamps", 10)] == ["c", "b", "a"]
        assert [row.number for row in orders_of(connection, "lamps", 1, "zhang")] == ["c"]
        assert orders_of(connection, "lamps", 10, "wang") == ()
    assert TableOrders(shops).latest("lamps", "zhang")["number"] == "c"


def test_a_shop_that_is_not_there_is_refused(shops: Database) -> None:
    with pytest.raises(InputError, match="unknown shop"):
        import_orders(shops, "nobody", _rows(1), START)
