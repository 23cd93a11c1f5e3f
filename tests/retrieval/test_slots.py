from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from contracts.context import Context, OrderStatus
from contracts.order import Order
from contracts.platform import Platform
from contracts.reply import SLOT
from contracts.shop import Shop
from retrieval.slots import SLOT_NAMES, fill, local, slot_values
from tests.doubles import make_reply

BEIJING = timezone(timedelta(hours=8))
SHOP = Shop("s", Platform.JD, "远山数码", variables={"shop.ship_hours": "24", "shop.carrier": "京东快递"})
NOW = datetime(2026, 10, 1, 9, tzinfo=BEIJING)


def test_nothing_known_is_nothing_filled() -> None:
    assert slot_values(None, Order(), Context(), NOW) == {}


@pytest.mark.parametrize(
    ("order", "slot", "written"),
    [
        (Order(number="A1"), "order.number", "A1"),
        (Order(carrier="中通"), "order.carrier", "中通"),
        (Order(tracking_number="SF1"), "order.tracking_number", "SF1"),
        (Order(amount=88.0), "order.amount", "88"),
        (Order(amount=88.5), "order.amount", "88.5"),
        (Order(amount=12345.67), "order.amount", "12345.67"),
        (Order(amount=1234567.89), "order.amount", "1234567.89"),
        (Order(amount=0), "order.amount", "0"),
        (Order(shipped_on=date(2026, 11, 1)), "order.shipped_on", "11月1日"),
        (Order(eta=date(2027, 1, 31)), "order.eta", "1月31日"),
        (Order(item="保温杯"), "item.name", "保温杯"),
        (Order(paid_at=datetime(2026, 11, 30, 23, tzinfo=BEIJING)), "order.ship_by", "12月1日"),
    ],
)
def test_what_the_order_knows(order: Order, slot: str, written: str) -> None:
    assert slot_values(SHOP, order, Context(), NOW)[slot] == written


@pytest.mark.parametrize("status", list(OrderStatus))
def test_every_status_has_a_word_for_the_buyer(status: OrderStatus) -> None:
    label = slot_values(None, Order(status=status), Context(), NOW)["order.status_label"]
    assert label
    assert not label.isascii()


@pytest.mark.parametrize("amount", [float("nan"), float("inf")])
def test_an_amount_that_is_none_is_not_promised(amount: float) -> None:
    assert "order.amount" not in slot_values(None, Order(amount=amount), Context(), NOW)


def test_a_day_past_the_calendar_is_not_promised() -> None:
    assert "order.ship_by" not in slot_values(
        SHOP, Order(paid_at=datetime(9999, 12, 31, 23, tzinfo=BEIJING)), Context(), NOW
    )


@pytest.mark.parametrize("edge", [datetime.min, datetime.max])
def test_a_time_at_the_edge_of_the_calendar_is_taken_as_it_is(edge: datetime) -> None:
    for zone in ("Asia/Shanghai", "America/Los_Angeles"):
        assert local(edge.replace(tzinfo=timezone.utc), ZoneInfo(zone)).year == edge.year


@pytest.mark.parametrize("hours", ["", "两天", "-3", "1.5", "9" * 30])
def test_hours_that_are_no_number_promise_no_day(hours: str) -> None:
    shop = Shop("s", Platform.JD, "店", variables={"shop.ship_hours": hours})
    assert "order.ship_by" not in slot_values(
        shop, Order(paid_at=datetime(2026, 11, 30, tzinfo=BEIJING)), Context(), NOW
    )


def test_the_day_is_the_day_where_the_shop_is() -> None:
    paid = datetime(2026, 11, 30, 20, tzinfo=timezone.utc)
    assert slot_values(SHOP, Order(paid_at=paid), Context(), NOW)["order.ship_by"] == "12月2日"


@pytest.mark.parametrize(
    ("now", "promised"),
    [
        (datetime(2026, 11, 30, 22, 59, tzinfo=BEIJING), True),
        (datetime(2026, 11, 30, 15, 1, tzinfo=timezone.utc), False),
        (datetime(2026, 11, 30, 22, 59), True),
        (datetime(2026, 11, 30, 23, 1), False),
    ],
)
def test_a_time_that_is_over_is_promised_no_more(now: datetime, promised: bool) -> None:
    order = Order(paid_at=datetime(2026, 11, 29, 23, tzinfo=BEIJING))
    assert ("order.ship_by" in slot_values(SHOP, order, Context(), now)) is promised


@pytest.mark.parametrize(("day", "promised"), [(9, False), (10, True), (11, True)])
def test_a_day_of_arrival_that_is_over_is_promised_no_more(day: int, promised: bool) -> None:
    now = datetime(2026, 11, 10, 23, tzinfo=BEIJING)
    assert ("order.eta" in slot_values(SHOP, Order(eta=date(2026, 11, day)), Context(), now)) is promised


@pytest.mark.parametrize("key", ["order.presale", "item.custom"])
@pytest.mark.parametrize("value", [True, False])
def test_what_leaves_when_its_page_says_so_has_no_day_by_the_hours_of_the_shop(key: str, value: bool) -> None:
    order = Order(paid_at=datetime(2026, 11, 29, 23, tzinfo=BEIJING))
    context, _ = Context().with_values({key: value})
    assert ("order.ship_by" in slot_values(SHOP, order, context, NOW)) is not value


@pytest.mark.parametrize("state", [{}, {"order.presale": True}, {"item.custom": True}])
@pytest.mark.parametrize(("agreed", "written"), [("2026-12-20", "12月20日"), ("2026-09-01", None)])
def test_a_day_that_was_agreed_is_the_day_until_it_is_over(
    state: dict[str, bool], agreed: str, written: str | None
) -> None:
    order = Order(paid_at=datetime(2026, 11, 29, 23, tzinfo=BEIJING))
    context, _ = Context().with_values({"order.agreed_ship_date": agreed, **state})
    assert slot_values(SHOP, order, context, NOW).get("order.ship_by") == written


def test_on_the_day_that_was_agreed_it_is_not_over() -> None:
    context, _ = Context().with_values({"order.agreed_ship_date": NOW.date().isoformat()})
    assert "order.ship_by" in slot_values(SHOP, Order(), context, NOW)


def test_shop_values_are_cleaned_and_blank_ones_left_out() -> None:
    variables = {"shop.carrier": " 中通\n快递 ", "shop.gift": "  ", "shop.hours": "\u200b", "shop.colour": "red"}
    values = slot_values(Shop("s", Platform.JD, "店", variables=variables), Order(), Context(), NOW)
    assert values == {"shop.name": "店", "shop.carrier": "中通 快递"}


def test_the_form_of_every_slot_name() -> None:
    assert all(SLOT.fullmatch(f"{{{name}}}") for name in SLOT_NAMES)


def test_unfilled_slots_stay_as_written_and_are_named() -> None:
    reply = make_reply("a.b", "{order.carrier}，{order.eta}到，{order.carrier}")
    whole = fill(reply, {"order.carrier": "中通", "order.eta": "11月3日"})
    part = fill(reply, {"order.carrier": "中通"})
    assert (whole.text, whole.missing) == ("中通，11月3日到，中通", ())
    assert (part.text, part.missing) == ("中通，{order.eta}到，中通", ("order.eta",))


def test_a_value_that_looks_like_a_slot_is_only_text() -> None:
    reply = make_reply("a.b", "{item.name}有货")
    filled = fill(reply, {"item.name": "{order.amount}", "order.amount": "88"})
    assert filled.text == "{order.amount}有货"
