from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from contracts.context import CONTEXT_KEYS
from desk.orders.fields import ORDER_KEYS, STATE_KEYS, read_fields


def test_an_order_says_nothing_about_the_talk() -> None:
    assert {"status", "number", "paid_at"} <= set(ORDER_KEYS)
    assert {"order.presale", "refund.type", "item.custom", "buyer.is_orderer"} <= set(STATE_KEYS)
    assert set(STATE_KEYS) <= set(CONTEXT_KEYS)
    assert not {"now", "buyer.text", "turn.proactive", "order.status", "order.paid_at"} & set(STATE_KEYS)


def test_values_become_plain() -> None:
    raw = {
        "number": 12,
        "status": "paid",
        "amount": "59.90",
        "paid_at": "2026-11-20T10:00",
        "eta": "2026-11-22",
        "order.presale": "true",
        "order.agreed_ship_days": "7",
        "order.agreed_ship_date": "2026-12-01",
        "campaign.excludes_regions": ["新疆", "西藏"],
        "other": object(),
    }
    known, faults = read_fields(raw, ZoneInfo("Asia/Shanghai"))
    assert faults == []
    assert known == {
        "number": "12",
        "status": "paid",
        "amount": 59.9,
        "paid_at": "2026-11-20T10:00:00+08:00",
        "eta": "2026-11-22",
        "order.presale": True,
        "order.agreed_ship_days": 7.0,
        "order.agreed_ship_date": "2026-12-01",
        "campaign.excludes_regions": ["新疆", "西藏"],
    }
    assert read_fields(known) == (known, [])


@pytest.mark.parametrize(
    ("key", "value"),
    [("status", "payed"), ("amount", "-1"), ("amount", "nan"), ("paid_at", "soon"), ("order.presale", "yes")],
)
def test_a_value_that_cannot_be_read_is_a_fault_and_left_out(key: str, value: Any) -> None:
    known, faults = read_fields({key: value, "number": "n1"})
    assert known == {"number": "n1"}
    assert len(faults) == 1
    assert key in faults[0]
