from __future__ import annotations

from collections.abc import Iterator

import pytest

from contracts.errors import ServiceDown
from desk.calls import Caller
from desk.connections import Connections, OrdersConnection
from desk.facts import facts_of
from desk.orders.choice import open_orders
from desk.orders.table import import_orders
from desk.settings import OrderSettings
from desk.storage.conversations import get_conversation, messages_of
from desk.storage.orders import OrderRow
from tests.desk.channels.outside import Say, Shop, as_json
from tests.desk.talk import SHOES, START, SmallDesk

DOWN = OrdersConnection("http://127.0.0.1:9/?buyer={buyer}")


@pytest.fixture
def caller() -> Iterator[Caller]:
    made = Caller()
    yield made
    made.close()


def test_a_connected_shop_is_asked_the_others_are_looked_up(small_desk: SmallDesk, caller: Caller) -> None:
    system = Shop(lambda asked: Say(200, as_json({"number": asked.path})))
    import_orders(small_desk.database, "lamps", [OrderRow("n1", "zhang", START)], START)
    import_orders(small_desk.database, "shoes", [OrderRow("n2", "zhang", START)], START)
    with system.open() as url:
        connections = Connections({}, {"shoes": OrdersConnection(f"{url}/{{shop}}/{{buyer}}")})
        orders = open_orders(OrderSettings(), connections, caller, small_desk.database)
        assert orders.latest("lamps", "zhang")["number"] == "n1"
        assert orders.latest("shoes", "zhang")["number"] == "/shoes/zhang"


def test_a_system_that_is_down_leaves_slots_empty_and_says_so(small_desk: SmallDesk, caller: Caller) -> None:
    orders = open_orders(OrderSettings(), Connections({}, {"shoes": DOWN}), caller, small_desk.database)
    with pytest.raises(ServiceDown):
        orders.latest("shoes", "zhang")
    asked = small_desk.ask("发货了吗", shop="shoes")
    with small_desk.database.transaction() as connection:
        talk, lines = get_conversation(connection, asked.conversation), messages_of(connection, asked.conversation, 9)
    assert talk is not None
    facts = facts_of(talk, lines, SHOES, orders, START)
    assert facts.inquiry.order.status is None
    assert "订单系统没有回应" in facts.note
