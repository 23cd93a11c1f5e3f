from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.context import CONTEXT_KEYS, CampaignScope, Context, OrderStatus

BEIJING = timezone(timedelta(hours=8))

ACCEPTED: list[tuple[str, Any, Any]] = [
    ("now", "2026-11-20T10:00:00+08:00", datetime(2026, 11, 20, 10, tzinfo=BEIJING)),
    ("buyer.text", "能开票吗", "能开票吗"),
    ("buyer.is_orderer", True, True),
    ("buyer.asked_to_close", False, False),
    ("buyer.minutes_since", 2.5, 2.5),
    ("turn.proactive", True, True),
    ("turn.unanswered_sent", 3, 3),
    ("order.status", "paid", OrderStatus.PAID),
    ("order.paid_at", "2026-11-20T02:00:00Z", datetime(2026, 11, 20, 10, tzinfo=BEIJING)),
    ("order.warehouse_shipped", True, True),
    ("order.presale", "true", True),
    ("order.agreed_ship_days", 7, 7.0),
    ("order.agreed_ship_date", "2026-11-25", date(2026, 11, 25)),
    ("order.price_protected", False, False),
    ("order.coupon", "满100减10", "满100减10"),
    ("order.coupon", ["平台券", "店铺券"], ("平台券", "店铺券")),
    ("order.coupon", True, True),
    ("refund.type", "return", "return"),
    ("item.custom", True, True),
    ("item.category", "生鲜", "生鲜"),
    ("item.no_credit_card", True, True),
    ("campaign.free_shipping", True, True),
    ("campaign.scope", "all_store", CampaignScope.ALL_STORE),
    ("campaign.includes_item", False, False),
    ("campaign.min_amount", "88.5", 88.5),
    ("campaign.excludes_regions", ["新疆", "西藏"], ("新疆", "西藏")),
    ("shop.ship_hours", 48, 48.0),
    ("shop.return_freight_service", True, True),
    ("shop.at_fault", "FALSE", False),
    ("platform.services", ["7天无理由"], ("7天无理由",)),
    ("platform.holiday_exemption", True, True),
]
"""Every key of the format with a value of its kind as JSON writes it, and the value that is read."""

REFUSED: list[tuple[str, Any]] = [
    ("now", "yesterday"),
    ("now", 1_700_000_000),
    ("buyer.text", 5),
    ("buyer.text", ["两", "行"]),
    ("buyer.is_orderer", "maybe"),
    ("buyer.is_orderer", 1),
    ("buyer.minutes_since", "soon"),
    ("buyer.minutes_since", True),
    ("turn.unanswered_sent", [1]),
    ("turn.unanswered_sent", "two"),
    ("order.status", "PAID"),
    ("order.status", ["paid"]),
    ("order.status", 3),
    ("order.paid_at", "2026-13-45"),
    ("order.agreed_ship_date", 20261125),
    ("order.coupon", 3),
    ("order.coupon", [True]),
    ("campaign.scope", "everything"),
    ("campaign.min_amount", {"yuan": 3}),
    ("platform.services", {"name": "七天"}),
]

NOT_A_QUANTITY = [float("inf"), float("-inf"), float("nan"), "inf", "nan", "1e999"]
"""JSON as Python reads it has Infinity and NaN; `"nan"` is what a spreadsheet writes."""


def test_every_key_of_the_format_has_a_row() -> None:
    assert {key for key, _, _ in ACCEPTED} == set(CONTEXT_KEYS)


@pytest.mark.parametrize(("key", "raw", "expected"), ACCEPTED)
def test_value_of_its_kind_is_read(key: str, raw: Any, expected: Any) -> None:
    context, warnings = Context().with_values({key: raw})
    assert warnings == ()
    assert context.value(key) == expected
    assert type(context.value(key)) is type(expected)


@pytest.mark.parametrize(("key", "raw"), REFUSED)
def test_value_of_another_kind_warns_and_changes_nothing(key: str, raw: Any) -> None:
    context, warnings = Context().with_values({key: raw})
    assert context == Context()
    assert len(warnings) == 1
    assert key in warnings[0]


@pytest.mark.parametrize("raw", NOT_A_QUANTITY, ids=repr)
@pytest.mark.parametrize("key", ["turn.unanswered_sent", "campaign.min_amount"])
def test_what_is_not_a_quantity_warns_and_changes_nothing(key: str, raw: Any) -> None:
    context, warnings = Context().with_values({key: raw})
    assert context == Context()
    assert len(warnings) == 1


def test_a_number_too_large_to_hold_warns_and_changes_nothing() -> None:
    context, warnings = Context().with_values({"shop.ship_hours": 10**400})
    assert context == Context()
    assert len(warnings) == 1


def test_a_count_is_not_rounded() -> None:
    context, warnings = Context().with_values({"turn.unanswered_sent": 1.7})
    assert context == Context()
    assert len(warnings) == 1


def test_a_day_has_no_time_of_day() -> None:
    context, _ = Context().with_values({"order.agreed_ship_date": datetime(2026, 11, 25, 10, tzinfo=BEIJING)})
    assert context.value("order.agreed_ship_date") == date(2026, 11, 25)
    assert type(context.value("order.agreed_ship_date")) is date


@pytest.mark.parametrize(
    "key", ["order", "order.", "order.colour", "shop.name", "", "Order.status", "now.hour", "\ud800"]
)
def test_unknown_key_warns_and_changes_nothing(key: str) -> None:
    context, warnings = Context().with_values({key: "paid"})
    assert context == Context()
    assert warnings == (f"unknown context key {key!r} is ignored",)


def test_one_bad_key_does_not_take_the_others_with_it() -> None:
    context, warnings = Context().with_values(
        {"order.status": "paid", "order.size": 3, "item.custom": "x", "now": None}
    )
    assert context.order.status is OrderStatus.PAID
    assert len(warnings) == 2


def test_null_says_nothing() -> None:
    known, _ = Context().with_values({"order.status": "paid"})
    again, warnings = known.with_values(dict.fromkeys(CONTEXT_KEYS))
    assert again == known
    assert warnings == ()


def test_values_are_added_to_what_is_known() -> None:
    first, _ = Context().with_values({"order.status": "paid", "order.presale": True})
    second, _ = first.with_values({"order.status": "shipped"})
    assert second.order.status is OrderStatus.SHIPPED
    assert second.order.presale is True
    assert first.order.status is OrderStatus.PAID


def test_what_is_not_known_is_taken_from_below() -> None:
    below, _ = Context().with_values({"shop.ship_hours": 48, "order.presale": True, "now": "2026-11-20T10:00:00+08:00"})
    known, _ = Context().with_values({"shop.ship_hours": 24, "order.status": "paid", "order.price_protected": False})
    both = known.over(below)
    assert (both.shop.ship_hours, both.order.presale, both.order.status) == (24, True, OrderStatus.PAID)
    assert both.order.price_protected is False
    assert both.now == below.now
    assert below.over(Context()) == Context().over(below) == below


def test_absent_is_none_and_an_unknown_key_cannot_be_asked_for() -> None:
    assert all(Context().value(key) is None for key in CONTEXT_KEYS)
    with pytest.raises(KeyError):
        Context().value("order.colour")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=4,
)


@given(st.dictionaries(st.sampled_from(sorted(CONTEXT_KEYS)) | st.text(max_size=8), JSON, max_size=4))
def test_any_json_object_is_safe(values: dict[str, Any]) -> None:
    context, warnings = Context().with_values(values)
    assert len(warnings) <= len(values)
    for key in CONTEXT_KEYS:
        if key not in values:
            assert context.value(key) is None
