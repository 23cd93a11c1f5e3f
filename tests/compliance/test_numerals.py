from __future__ import annotations

import pytest

from compliance.numerals import NUMERAL, to_digits


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("十五天", "15天"),
        ("两件", "2件"),
        ("一百二十元", "120元"),
        ("三千块", "3000块"),
        ("一万元", "10000元"),
        ("百分百", "100%"),
        ("百分之十二", "12%"),
        ("一个工作日", "1个工作日"),
        ("三折", "3折"),
        ("一块用", "一块用"),
        ("一样", "一样"),
        ("改到一百二吧", "改到120吧"),
        ("三百的单子", "300的单子"),
        ("一百零五元", "105元"),
    ],
)
def test_numbers_before_a_unit_become_digits(written: str, read: str) -> None:
    assert NUMERAL.sub(to_digits, written) == read
