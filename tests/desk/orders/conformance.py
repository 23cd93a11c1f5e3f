"""What every source of orders must do, as tests: subclass `OrderSourceConformance` and give it a fixture `books`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

import pytest

from desk.dialogues import build_context, parse_order
from desk.orders.protocol import OrderSource

STRANGE = ("张 三", "a/b", "../zhang", "a?b=c&d", "100%", "a'b\"c", "{buyer}", "😀", "x" * 200, "zhang ")


class Books(Protocol):
    """A source, and a way to put an order into it."""

    source: OrderSource

    def put(self, shop: str, buyer: str, order: Mapping[str, Any]) -> None:
        """Make `order` the latest of a buyer."""
        ...


class OrderSourceConformance:
    """The tests."""

    def test_a_buyer_without_orders_has_none(self, books: Books) -> None:
        assert dict(books.source.latest("lamps", "zhang")) == {}
        assert dict(books.source.latest("lamps", "")) == {}

    def test_an_order_says_what_is_known(self, books: Books) -> None:
        order = {"number": "n1", "status": "shipped", "amount": 59.9, "carrier": "中通快递", "item.custom": True}
        books.put("lamps", "zhang", order)
        found = books.source.latest("lamps", "zhang")
        assert dict(found) == order
        read, warnings = parse_order(found)
        context, more = build_context({}, {key: value for key, value in found.items() if "." in key})
        assert (read.number, read.amount, context.item.custom, warnings, more) == ("n1", 59.9, True, (), ())

    def test_the_latest_order_counts(self, books: Books) -> None:
        for number in ("n1", "n2", "n3"):
            books.put("lamps", "zhang", {"number": number, "status": "paid"})
        assert books.source.latest("lamps", "zhang")["number"] == "n3"

    def test_orders_are_of_one_buyer_and_one_shop(self, books: Books) -> None:
        books.put("lamps", "zhang", {"number": "n1", "status": "paid"})
        books.put("shoes", "wang", {"number": "n2", "status": "paid"})
        assert dict(books.source.latest("lamps", "wang")) == {}
        assert dict(books.source.latest("shoes", "zhang")) == {}
        assert books.source.latest("shoes", "wang")["number"] == "n2"

    @pytest.mark.parametrize("buyer", STRANGE)
    def test_a_buyers_name_is_taken_as_it_is(self, books: Books, buyer: str) -> None:
        books.put("lamps", "zhang", {"number": "n1", "status": "paid"})
        assert dict(books.source.latest("lamps", buyer)) == {}
        books.put("lamps", buyer, {"number": "n2", "status": "paid"})
        assert books.source.latest("lamps", buyer)["number"] == "n2"
        assert books.source.latest("lamps", "zhang")["number"] == "n1"
