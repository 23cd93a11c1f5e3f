"""What a text costs grows with its length and no faster, whatever it holds."""

from __future__ import annotations

import string
import sys
import time
from types import FrameType
from typing import Any

import pytest

from compliance.checker import Checker
from contracts.context import Context
from contracts.platform import Platform

LONGER = 4
"""How much longer the longer text is."""

LINEAR = 2 * LONGER
"""Work that grows with the square of the length grows 16 times."""

LONG = 20_000

UNITS = {
    "dots spelt out": "dot",
    "hosts": "a.dot",
    "hosts in chinese": "a点",
    "letters and digits": "a1",
    "mail": "a.b_",
    "digits": "1",
    "digits apart": "1 ",
    "telephones": "13800138000 ",
    "cards": "6222020012345678901 ",
    "numerals": "一百",
    "negations": "没有不",
    "openings": "我们这边",
    "quotations": "“加微信”",
    "endings": "的哦呢",
    "messengers": "加v微",
    "torn": "微 ",
    "pictures": "😊",
    "invisible": "加\u200b",
    "downwards": "加\n",
    "spaces": " ",
    "sentences": "加。",
    "answers": "可以。",
    "surcharges": "加6个点不",
    "prices": "80元改到",
    "days": "26号发货",
    "sums": "赔您5元",
    "vouchers": "满300减30",
    "light words": "加发留说讲",
    "printable": string.printable,
}


def context() -> Context:
    known, warnings = Context().with_values(
        {"buyer.text": "能开发票吗", "order.status": "paid", "now": "2026-11-20T10:00:00+08:00"}
    )
    assert not warnings
    return known


def of_length(unit: str, length: int) -> str:
    return (unit * length)[:length]


def calls(checker: Checker, text: str) -> int:
    """How many functions are called to check a text, not counting what is worked out once for all."""
    checker.check("加微信", Platform.TMALL, context())
    count = 0

    def counting(frame: FrameType, event: str, argument: Any) -> None:  # noqa: ARG001 - what sys.setprofile calls
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counting)
    try:
        checker.check(text, Platform.TMALL, context())
    finally:
        sys.setprofile(None)
    return count


def effort(checker: Checker, text: str) -> float:
    """Processor seconds to check a text, the least of three."""

    def once() -> float:
        begun = time.process_time()
        checker.check(text, Platform.TMALL, context())
        return time.process_time() - begun

    return min(once() for _ in range(3))


@pytest.mark.parametrize("name", UNITS)
def test_calls_grow_with_the_length(checker: Checker, name: str) -> None:
    short, long = (of_length(UNITS[name], length) for length in (500, 500 * LONGER))
    assert calls(checker, long) <= LINEAR * calls(checker, short)


@pytest.mark.parametrize("name", UNITS)
def test_searches_grow_with_the_length(checker: Checker, name: str) -> None:
    """By the ratio of two efforts, from short texts on: what tries every way would never end in long ones."""
    for length in (100, 400):
        short, long = (of_length(UNITS[name], size) for size in (length, length * LONGER))
        assert effort(checker, long) <= 2 * LINEAR * effort(checker, short), length


@pytest.mark.parametrize("name", UNITS)
def test_a_long_text_gets_a_verdict(checker: Checker, name: str) -> None:
    text = of_length(UNITS[name], LONG)
    for finding in checker.check(text, Platform.TMALL, context()).findings:
        assert 0 <= finding.span[0] <= finding.span[1] <= LONG


def test_a_breach_is_found_at_the_end_of_a_long_text(checker: Checker) -> None:
    text = of_length("今天给您发货，", LONG) + "。开票要另收6个点"
    found = [finding for finding in checker.check(text, Platform.TMALL).findings if "surcharge" in finding.clause]
    assert found
    assert found[0].span[0] > LONG


@pytest.mark.parametrize("length", [1, 2, 300, LONG])
def test_pictures_alone_are_blocked_by_nothing(checker: Checker, length: int) -> None:
    for platform in Platform:
        assert not checker.check("😊" * length, platform).blocked
