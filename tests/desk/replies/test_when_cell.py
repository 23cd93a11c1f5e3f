from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.replies.when_cell import read_when, write_when

CASES: list[tuple[dict[str, list[Any]], str]] = [
    ({}, ""),
    ({"order.status": ["paid", "shipped"]}, "order.status=paid|shipped"),
    ({"order.status": ["paid"], "item.custom": [False, True]}, "order.status=paid; item.custom=false|true"),
    ({"refund.type": ["a|b", "c;d", "", " e"]}, 'refund.type="a|b"|"c;d"|""|" e"'),
    ({"order.coupon": [True, "true"]}, 'order.coupon=true|"true"'),
]


@pytest.mark.parametrize(("when", "cell"), CASES)
def test_conditions_as_a_cell(when: dict[str, list[Any]], cell: str) -> None:
    assert write_when(when) == cell


@pytest.mark.parametrize(
    ("cell", "when"),
    [
        ("order.status=paid|shipped", {"order.status": ["paid", "shipped"]}),
        (" order.status = paid | shipped ;", {"order.status": ["paid", "shipped"]}),
        (
            "order.status＝paid｜shipped；item.custom＝false",
            {"order.status": ["paid", "shipped"], "item.custom": ["false"]},
        ),
        ("order.status=paid\nshop.ship_hours=48", {"order.status": ["paid"], "shop.ship_hours": ["48"]}),
        ('refund.type="a=b|\\"c\\""', {"refund.type": ['a=b|"c"']}),
        ('order.coupon=true|"true"', {"order.coupon": [True, "true"]}),
        ("no.key=x", {"no.key": ["x"]}),
        ("", {}),
    ],
)
def test_a_cell_as_conditions(cell: str, when: dict[str, list[Any]]) -> None:
    assert read_when(cell) == when


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("paid", "'paid' is not of the form key=value"),
        ("=paid", "is not of the form"),
        ("order.status=paid=shipped", "is not of the form"),
        ("order.status=paid; order.status=shipped", "order.status is there twice"),
        ('refund.type="a', "does not end its quotes"),
        ('refund.type="a"b', "does not end its quotes"),
        ('{"order.status": ["paid"]}', "is not of the form"),
    ],
)
def test_a_cell_that_says_no_conditions(cell: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        read_when(cell)


@given(st.lists(st.text(max_size=6), min_size=1, max_size=3))
def test_whatever_the_values_they_come_back(values: list[str]) -> None:
    assert read_when(write_when({"refund.type": values})) == {"refund.type": values}
