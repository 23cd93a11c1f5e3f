from __future__ import annotations

from datetime import date

import pytest

from contracts.platform import Platform
from contracts.reply import Approval, Reply, Validity

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 12)


def _reply(text: str) -> Reply:
    return Reply("a.b", "invoice/issue", frozenset(Platform), text, ("能开票吗",), Approval("demo", FIRST))


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("没有空位", ()),
        ("{invoice.issue_days}天内开好", ("invoice.issue_days",)),
        ("{order.ship_by}前发，{shop.carrier}，{order.ship_by}", ("order.ship_by", "shop.carrier")),
        ("{Order.eta}{order}{order.}{ order.eta }", ()),
    ],
)
def test_slots_in_order_each_once(text: str, slots: tuple[str, ...]) -> None:
    assert _reply(text).slots == slots


@pytest.mark.parametrize(
    ("validity", "day", "covered"),
    [
        (Validity(), date.min, True),
        (Validity(FIRST, LAST), FIRST, True),
        (Validity(FIRST, LAST), LAST, True),
        (Validity(FIRST, LAST), date(2026, 10, 31), False),
        (Validity(FIRST, LAST), date(2026, 11, 13), False),
        (Validity(first=FIRST), date.max, True),
        (Validity(last=LAST), date.max, False),
        (Validity(last=LAST), date.min, True),
    ],
)
def test_both_ends_are_included_and_none_is_open(validity: Validity, day: date, covered: bool) -> None:
    assert validity.covers(day) is covered
