from __future__ import annotations

import pytest

from tests.compliance.texts import check, material

BUYER = "我这单1800,有2000-100的东券"
BOTH = "我这单1800,有2000-100和1000-50的东券"


@pytest.mark.parametrize(
    ("text", "buyer", "found"),
    [
        ("1800元的订单,2000-100的东券可以用", "", True),
        ("2500元的订单,2000-100的东券可以用", "", False),
        ("能用的", BUYER, True),
        ("您可以用", BUYER, True),
        ("不能用的", BUYER, False),
        ("您1800的单子2000那张东券能用", "", True),
        ("1000-50那张能用", BOTH, False),
        ("2000-100那张能用", BOTH, True),
        ("能用的", BOTH, False),
        ("两张都能用", BOTH, True),
        ("凑够2000就能用2000-100的", BUYER, False),
        ("能用的", "我有2000-100的东券", False),
        ("能用的", "这单1800,能用京券吗", False),
    ],
)
def test_an_order_below_the_least_amount(text: str, buyer: str, found: bool) -> None:
    threshold = check("threshold", about=["东券"], says=["能用", "可以用"], unless=["凑"])
    values = {"buyer__text": buyer} if buyer else {}
    assert (threshold.find(material(text, **values)) is not None) is found
