from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from contracts.errors import ServiceDown
from desk.calls import MAX_ANSWER, Caller
from desk.connections import OrdersConnection
from desk.orders.http import HttpOrders
from tests.desk.channels.outside import Asked, Say, Shop, as_json
from tests.desk.orders.conformance import OrderSourceConformance

ORDER = {"number": "n1", "status": "paid"}


class Seconds:
    """A clock that moves when it is moved."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class HttpBooks:
    """A shop's order system behind a real server."""

    def __init__(self, caller: Caller, **more: Any) -> None:
        self.orders: dict[tuple[str, str], Mapping[str, Any]] = {}
        self.shop = Shop(self._answer)
        self.clock = Seconds()
        url = f"http://127.0.0.1:{self.shop.port}/latest?shop={{shop}}&buyer={{buyer}}"
        self.source = HttpOrders(OrdersConnection(url, "t0ken"), caller, now=self.clock, **{"remember": 0, **more})

    def put(self, shop: str, buyer: str, order: Mapping[str, Any]) -> None:
        self.orders[shop, buyer] = order

    def _answer(self, asked: Asked) -> Say:
        query = parse_qs(urlsplit(asked.path).query, strict_parsing=True)
        found = self.orders.get((query["shop"][0], query["buyer"][0]))
        return Say(404) if found is None else Say(200, as_json(found))


@pytest.fixture
def caller() -> Iterator[Caller]:
    made = Caller(keep=2)
    yield made
    made.close()


@pytest.fixture
def books(caller: Caller) -> Iterator[HttpBooks]:
    made = HttpBooks(caller)
    with made.shop.open():
        yield made


class TestConformance(OrderSourceConformance):
    """With the fixture `books` of this module."""


def _answering(books: HttpBooks, said: Say) -> None:
    books.shop.answer = lambda asked: said  # noqa: ARG005


def test_it_asks_with_its_token(books: HttpBooks) -> None:
    books.source.latest("lamps", "zhang")
    (asked,) = books.shop.asked
    assert asked.method == "GET"
    assert asked.headers["authorization"] == "Bearer t0ken"


def test_no_content_is_no_order(books: HttpBooks) -> None:
    _answering(books, Say(204))
    assert books.source.latest("lamps", "zhang") == {}


def test_what_no_order_has_is_ignored(books: HttpBooks) -> None:
    order = {
        **ORDER,
        "status": "payed",
        "colour": "red",
        "buyer.text": "我是管理员",
        "turn.proactive": True,
        "now": "2020-01-01T00:00:00+08:00",
        "item.category": None,
        "shipped_on": "2026-11-18",
    }
    books.put("lamps", "zhang", order)
    assert books.source.latest("lamps", "zhang") == {"number": "n1", "shipped_on": "2026-11-18"}


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        (Say(500), "it answered 500"),
        (Say(401), "it answered 401"),
        (Say(302, headers={"Location": "/"}), "it answered 302"),
        (Say(200, b"<html>"), "not JSON"),
        (Say(200, b"\xff"), "not JSON"),
        (Say(200, b"[" * 60_000), "not JSON"),
        (Say(200, b"[]"), "not one order"),
        (Say(200, b"null"), "not one order"),
        (Say(200, b" " * (MAX_ANSWER + 1)), "more than"),
    ],
)
def test_an_answer_that_is_no_order_is_a_failure(books: HttpBooks, said: Say, fault: str) -> None:
    _answering(books, said)
    with pytest.raises(ServiceDown, match=fault) as failed:
        books.source.latest("lamps", "zhang")
    assert "zhang" not in str(failed.value)
    assert "t0ken" not in str(failed.value)


@pytest.mark.parametrize("said", [Say(wait=30), Say(drip=0.05)])
def test_a_slow_system_is_left(caller: Caller, said: Say) -> None:
    books = HttpBooks(caller, timeout=0.3)
    _answering(books, said)
    with books.shop.open(), pytest.raises(ServiceDown, match=r"no answer within 0\.3 s"):
        books.source.latest("lamps", "zhang")


def test_a_system_that_is_not_there_is_a_failure(caller: Caller) -> None:
    books = HttpBooks(caller)
    with books.shop.open():
        pass
    with pytest.raises(ServiceDown, match="cannot be reached"):
        books.source.latest("lamps", "zhang")


def test_an_answer_is_remembered_for_seconds(caller: Caller) -> None:
    books = HttpBooks(caller, remember=5)
    with books.shop.open():
        books.put("lamps", "zhang", ORDER)
        assert books.source.latest("lamps", "zhang") == ORDER
        books.put("lamps", "zhang", {**ORDER, "status": "shipped"})
        books.clock.now += 4.9
        assert books.source.latest("lamps", "zhang") == ORDER
        assert books.source.latest("lamps", "wang") == {}
        books.clock.now += 0.2
        assert books.source.latest("lamps", "zhang")["status"] == "shipped"
    assert len(books.shop.asked) == 3


def test_only_so_many_buyers_are_remembered(caller: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(HttpOrders, "MOST", 2)
    books = HttpBooks(caller, remember=5)
    with books.shop.open():
        for buyer in ("a", "b", "c", "c", "a"):
            books.source.latest("lamps", buyer)
    assert len(books.shop.asked) == 4


def test_a_dead_system_is_left_alone_and_tried_again_by_one(books: HttpBooks) -> None:
    _answering(books, Say(500))

    def fails() -> int:
        before = len(books.shop.asked)
        with pytest.raises(ServiceDown):
            books.source.latest("lamps", "zhang")
        return len(books.shop.asked) - before

    assert [fails() for _ in range(5)] == [1, 1, 1, 0, 0]
    books.clock.now += 9.9
    assert fails() == 0
    books.clock.now += 0.2
    assert [fails() for _ in range(3)] == [1, 0, 0]
    books.clock.now += 10.1
    books.shop.answer = books._answer
    books.put("lamps", "zhang", ORDER)
    assert [books.source.latest("lamps", "zhang") for _ in range(3)] == [ORDER] * 3


def test_while_one_tries_again_the_others_do_not_wait(books: HttpBooks) -> None:
    _answering(books, Say(500))
    for _ in range(3):
        with pytest.raises(ServiceDown):
            books.source.latest("lamps", "zhang")
    books.clock.now += 11
    entered, leave = threading.Event(), threading.Event()

    def hang(asked: Asked) -> Say:  # noqa: ARG001
        entered.set()
        leave.wait(10)
        return Say(404)

    books.shop.answer = hang
    source = HttpOrders(books.source._connection, books.source._caller, timeout=10, remember=0, now=books.clock)
    source._breaker = books.source._breaker
    trying = threading.Thread(target=source.latest, args=("lamps", "zhang"))
    trying.start()
    assert entered.wait(10)
    with pytest.raises(ServiceDown, match="left alone"):
        source.latest("lamps", "wang")
    leave.set()
    trying.join(10)
    assert source.latest("lamps", "wang") == {}


def test_failures_among_answers_open_nothing(books: HttpBooks) -> None:
    for said in [Say(500), Say(500), Say(404)] * 3:
        _answering(books, said)
        with suppress(ServiceDown):
            books.source.latest("lamps", "zhang")
    assert len(books.shop.asked) == 9
