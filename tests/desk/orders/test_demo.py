from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from contracts.context import Context, OrderStatus
from contracts.errors import DataError
from desk.dialogues import parse_order
from desk.orders.demo import load_demo_orders
from desk.shops import Shops
from desk.storage.database import Database
from desk.storage.orders import latest_order, order_count, orders_of
from desk.storage.shops import lock_shop, note_shops
from retrieval.slots import slot_values
from tests.desk.talk import LAMPS, START

SLOTS = {"order.number", "order.amount", "order.status_label", "item.name"}


def test_every_demo_shop_has_orders_in_every_state(data: Path, shops: Shops) -> None:
    demo = [shops.find(shop) for shop in shops.ids if shops.find(shop).demo]
    assert len(demo) == 6
    orders = load_demo_orders(data / "orders", shops)
    for shop in demo:
        rows = orders._rows[shop.id]
        assert {row.fields["status"] for row in rows} == {status.value for status in OrderStatus}
        assert any(row.fields.get("order.presale") for row in rows)
        assert any(row.fields.get("item.custom") for row in rows)
        assert any(row.fields.get("refund.type") for row in rows)
        for row in rows:
            order, warnings = parse_order(row.known())
            assert warnings == ()
            assert slot_values(shop, order, Context(), START).keys() >= SLOTS
            if order.status is OrderStatus.SHIPPED:
                assert order.tracking_number
                assert order.carrier


def test_first_start_keeps_them_once_with_days_of_now(database: Database, data: Path, shops: Shops) -> None:
    orders = load_demo_orders(data / "orders", shops)
    with database.transaction() as connection:
        note_shops(connection, [shops.find(shop) for shop in shops.ids])
    orders.seed(database, shops, START)
    orders.seed(database, shops, START + timedelta(days=9))
    with database.transaction() as connection:
        rows = orders_of(connection, "demo-tmall", 100)
        assert order_count(connection, "demo-tmall") == len(orders._rows["demo-tmall"])
    assert rows[0].placed_at is not None
    assert START - timedelta(days=2) < rows[0].placed_at < START


def test_every_new_buyer_gets_an_order_of_their_own(database: Database, data: Path, shops: Shops) -> None:
    orders, shop = load_demo_orders(data / "orders", shops), shops.find("demo-jd")
    seen = []
    with database.transaction() as connection:
        note_shops(connection, (shop,))
        lock_shop(connection, shop.id)
        for number in range(30):
            for _ in range(2):
                orders.give(connection, shop, f"demo:{number}", START)
            found = latest_order(connection, shop.id, f"demo:{number}")
            assert found is not None
            seen.append(found)
        assert order_count(connection, shop.id) == 30
    assert len({row.number for row in seen}) == 30
    assert {row.fields["status"] for row in seen} == {"paid", "shipped", "delivered"}
    assert all(row.placed_at is not None and row.placed_at < START for row in seen)


def test_a_shop_without_demo_orders_gives_none(database: Database, data: Path, shops: Shops) -> None:
    orders = load_demo_orders(data / "orders", shops)
    with database.transaction() as connection:
        note_shops(connection, (LAMPS,))
        orders.give(connection, replace(LAMPS, demo=True), "demo:1", START)
        assert order_count(connection, "lamps") == 0


def test_a_file_for_no_shop_is_refused_and_one_of_a_shop_without_demo_unread(tmp_path: Path) -> None:
    (tmp_path / "lamps.csv").write_text("no orders at all", encoding="utf-8")
    shops = Shops({"lamps": LAMPS})
    assert load_demo_orders(tmp_path, shops)._rows == {}
    with pytest.raises(DataError, match="lamps"):
        load_demo_orders(tmp_path, Shops({"lamps": replace(LAMPS, demo=True)}))
    with pytest.raises(DataError, match="no shop 'lamps'"):
        load_demo_orders(tmp_path, Shops({}))
