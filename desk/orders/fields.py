"""The values of an order, read strictly: what an order may say, and nothing about the talk itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime, tzinfo
from enum import Enum
from typing import Any

from contracts.context import CONTEXT_KEYS, Context
from contracts.order import Order
from desk.dialogues import parse_order

ORDER_KEYS = tuple(entry.name for entry in fields(Order))
"""`status`, `number`, `amount` ..."""

_GROUPS = ("order.", "refund.", "item.", "campaign.", "shop.", "platform.")
STATE_KEYS = tuple(
    key
    for key in CONTEXT_KEYS
    if (key.startswith(_GROUPS) or key == "buyer.is_orderer") and key.removeprefix("order.") not in ORDER_KEYS
)
"""The context keys that an order system may know; `order.status` is written `status`."""


def read_fields(raw: Mapping[str, Any], zone: tzinfo | None = None) -> tuple[dict[str, Any], list[str]]:
    """The values as plain JSON, and a fault for each one that cannot be read and is left out.

    A time without a zone is taken as one of `zone`. Keys that no order has are left out without a fault.
    """
    order, order_faults = parse_order({key: raw[key] for key in ORDER_KEYS if key in raw})
    context, faults = Context().with_values({key: raw[key] for key in STATE_KEYS if key in raw})
    values = {key: _plain(getattr(order, key), zone) for key in ORDER_KEYS}
    values |= {key: _plain(context.value(key), zone) for key in STATE_KEYS}
    known = {key: value for key, value in values.items() if value is not None}
    return known, [*order_faults, *faults]


def _plain(value: Any, zone: tzinfo | None) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=zone)).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
