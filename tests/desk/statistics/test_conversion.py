from __future__ import annotations

from datetime import timedelta

import pytest

from desk.statistics.conversion import conversion
from desk.statistics.figures import Conversion
from tests.desk.talk import START


@pytest.mark.parametrize(
    ("paid_after", "asked", "paid"),
    [
        (None, 1, 0),
        (timedelta(hours=1), 1, 1),
        (timedelta(days=3), 1, 1),
        (timedelta(days=3, seconds=1), 1, 0),
        (-timedelta(days=1), 0, 0),
        (-timedelta(days=31), 1, 0),
    ],
)
def test_who_asked_first_and_paid_then(paid_after: timedelta | None, asked: int, paid: int) -> None:
    fields = {"paid_at": (START + paid_after).isoformat()} if paid_after is not None else {"status": "unpaid"}
    assert conversion({"t": START}, [("t", fields)]) == Conversion(asked, paid)


def test_a_buyer_with_two_orders_counts_once() -> None:
    orders = [("t", {"paid_at": (START + timedelta(hours=hours)).isoformat()}) for hours in (1, 2)]
    found = conversion({"t": START, "u": START}, orders)
    assert (found, found.rate) == (Conversion(2, 1), 0.5)


@pytest.mark.parametrize("raw", [None, 3, "yesterday", "2026-11-20T10:00:00"])
def test_what_is_no_moment_is_not_paid(raw: object) -> None:
    assert conversion({"t": START}, [("t", {"paid_at": raw})]) == Conversion(1, 0)
