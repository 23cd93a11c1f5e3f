"""Slots of a reply's text: their names, their values from shop, order and clock, and filling them in."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from contracts.context import Context, OrderStatus
from contracts.order import Order
from contracts.reply import SLOT, Reply
from contracts.shop import Shop
from contracts.text import clean_optional

SLOT_NAMES = frozenset(
    {
        "shop.name", "shop.hours", "shop.ship_hours", "shop.return_address", "shop.carrier",
        "shop.free_shipping_min", "shop.warranty_months", "shop.gift", "shop.refund_days",
        "invoice.issue_days", "invoice.kinds",
        "order.number", "order.carrier", "order.tracking_number", "order.ship_by", "order.shipped_on",
        "order.amount", "order.status_label", "order.eta",
        "campaign.name", "campaign.ends", "campaign.rule", "campaign.min_amount",
        "item.name", "clock.opens_at",
    }
)  # fmt: skip
"""Every slot that a reply may use."""

_STATUS_LABELS = {
    OrderStatus.UNPAID: "待付款",
    OrderStatus.PAID: "待发货",
    OrderStatus.UNPRINTED: "待打单",
    OrderStatus.PRINTED: "已打单",
    OrderStatus.LOCKED: "已锁定",
    OrderStatus.SHIPPED: "已发货",
    OrderStatus.DELIVERED: "已签收",
    OrderStatus.CLOSED: "已关闭",
}


class Filled(NamedTuple):
    """A text with its slots filled; `missing` names the ones that have no value and stay as written."""

    text: str
    missing: tuple[str, ...]


def slot_values(shop: Shop | None, order: Order, context: Context, now: datetime) -> Mapping[str, str]:
    """The value of every slot that is known, as people write it.

    A day that is over by `now` is promised no more. Goods leave on the day that was agreed with the buyer, where one
    was; of a presale and made to order when their page says so; else by the shop's hours.
    """
    values: dict[str, str] = {}
    if shop is not None:
        values["shop.name"] = shop.name
        values.update({name: value for name, value in shop.variables.items() if name in SLOT_NAMES})
    zone = ZoneInfo(shop.timezone) if shop else None
    here = local(now, zone)
    ship_by = _ship_by(order, context, values.get("shop.ship_hours"), zone, here)
    values.update(_order_values(order, ship_by, here))
    cleaned = {name: clean_optional(value) for name, value in values.items()}
    return {name: value for name, value in cleaned.items() if value}


def _order_values(order: Order, ship_by: str | None, now: datetime) -> dict[str, str]:
    known: dict[str, str | None] = {
        "order.number": order.number,
        "order.carrier": order.carrier,
        "order.tracking_number": order.tracking_number,
        "order.amount": _amount(order.amount),
        "order.shipped_on": _day(order.shipped_on),
        "order.eta": _day_to_come(order.eta, now),
        "order.ship_by": ship_by,
        "order.status_label": _STATUS_LABELS[order.status] if order.status else None,
        "item.name": order.item,
    }
    return {name: value for name, value in known.items() if value is not None}


def _amount(amount: float | None) -> str | None:
    if amount is None or not math.isfinite(amount):
        return None
    return f"{amount:.2f}".rstrip("0").rstrip(".")


def _ship_by(
    order: Order, context: Context, ship_hours: str | None, zone: ZoneInfo | None, now: datetime
) -> str | None:
    """The day, where the shop is, by which the goods leave, while it is not over."""
    if context.order.agreed_ship_date is not None:
        return _day_to_come(context.order.agreed_ship_date, now)
    by_page = context.order.presale or context.item.custom
    if by_page or order.paid_at is None or ship_hours is None or not ship_hours.isdecimal():
        return None
    try:
        end = local(order.paid_at, zone) + timedelta(hours=int(ship_hours))
    except OverflowError:
        return None
    return _day(end.date()) if end >= now else None


def local(time: datetime, zone: ZoneInfo | None) -> datetime:
    """What the clock shows where the shop is, without a zone; a time without zone is the shop's own."""
    try:
        return (time.astimezone(zone) if time.tzinfo and zone else time).replace(tzinfo=None)
    except OverflowError:  # at either end of the calendar
        return time.replace(tzinfo=None)


def _day_to_come(day: date | None, now: datetime) -> str | None:
    return _day(day) if day is not None and day >= now.date() else None


def _day(day: date | None) -> str | None:
    return None if day is None else f"{day.month}月{day.day}日"


def fill(reply: Reply, values: Mapping[str, str]) -> Filled:
    """The reply's text with the known slots filled, and the names of the others."""
    if "{" not in reply.text:
        return Filled(reply.text, ())
    missing = tuple(slot for slot in reply.slots if slot not in values)
    return Filled(SLOT.sub(lambda found: values.get(found.group(1), found.group(0)), reply.text), missing)
