"""The state that replies' `when` and the platform's clauses may look at.

A key that is absent says nothing and is never guessed: every field is None until somebody who
knows has set it. Files and the API write the keys flat, with a dot (`order.status`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from enum import Enum
from typing import Any, get_args, get_type_hints


class OrderStatus(str, Enum):
    """Where an order stands; printed and locked are states of JD's and ERP systems between paid and shipped."""

    UNPAID = "unpaid"
    PAID = "paid"
    UNPRINTED = "unprinted"
    PRINTED = "printed"
    LOCKED = "locked"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CLOSED = "closed"


class CampaignScope(str, Enum):
    """What a campaign covers."""

    ALL_STORE = "all_store"
    SELECTED_ITEMS = "selected_items"


Words = str | tuple[str, ...] | bool
"""A value that sources write as a name, as several names, or only as yes and no."""


@dataclass(frozen=True)
class BuyerState:
    """The buyer: what was just written (`text`), whose account it is, what was asked."""

    text: str | None = None
    is_orderer: bool | None = None
    asked_to_close: bool | None = None
    minutes_since: float | None = None


@dataclass(frozen=True)
class TurnState:
    """The text about to leave: `proactive` when it answers nothing; how many shop lines wait unanswered."""

    proactive: bool | None = None
    unanswered_sent: int | None = None


@dataclass(frozen=True)
class OrderState:
    """The order in question; times with zone where the source knows it."""

    status: OrderStatus | None = None
    paid_at: datetime | None = None
    warehouse_shipped: bool | None = None
    presale: bool | None = None
    agreed_ship_days: float | None = None
    agreed_ship_date: date | None = None
    price_protected: bool | None = None
    coupon: Words | None = None


@dataclass(frozen=True)
class RefundState:
    """An open refund or return."""

    type: str | None = None


@dataclass(frozen=True)
class ItemState:
    """The item in question."""

    custom: bool | None = None
    category: str | None = None
    no_credit_card: bool | None = None


@dataclass(frozen=True)
class CampaignState:
    """The campaign that runs now; amounts in yuan."""

    free_shipping: bool | None = None
    scope: CampaignScope | None = None
    includes_item: bool | None = None
    min_amount: float | None = None
    excludes_regions: Words | None = None


@dataclass(frozen=True)
class ShopState:
    """The shop's own promises; `ship_hours` counts from payment."""

    ship_hours: float | None = None
    return_freight_service: bool | None = None
    at_fault: bool | None = None


@dataclass(frozen=True)
class PlatformState:
    """What the platform offers or has announced."""

    services: Words | None = None
    holiday_exemption: bool | None = None


@dataclass(frozen=True)
class Context:
    """All the state known about one message."""

    now: datetime | None = None
    buyer: BuyerState = BuyerState()
    turn: TurnState = TurnState()
    order: OrderState = OrderState()
    refund: RefundState = RefundState()
    item: ItemState = ItemState()
    campaign: CampaignState = CampaignState()
    shop: ShopState = ShopState()
    platform: PlatformState = PlatformState()

    def value(self, key: str) -> Any:
        """The value at a dotted key, None when it is not known. Raises KeyError for a key that does not exist."""
        if key not in CONTEXT_KEYS:
            raise KeyError(key)
        group, _, name = key.partition(".")
        part = getattr(self, group)
        return getattr(part, name) if name else part

    def over(self, base: Context) -> Context:
        """This context, with what it does not know taken from `base`."""
        groups = {
            entry.name: _over(getattr(self, entry.name), getattr(base, entry.name))
            for entry in fields(self)
            if entry.name != "now"
        }
        return replace(self, now=self.now or base.now, **groups)

    def with_values(self, values: Mapping[str, Any]) -> tuple[Context, tuple[str, ...]]:
        """This context with the flat `values` set, and a warning for each key that could not be used.

        An unknown key or a value of the wrong kind changes nothing: the key stays as it was.
        """
        warnings: list[str] = []
        changes: dict[str, dict[str, Any]] = {}
        now = self.now
        for key, raw in values.items():
            if key not in CONTEXT_KEYS:
                warnings.append(f"unknown context key {key!r} is ignored")
                continue
            if raw is None:
                continue
            try:
                parsed = _parse(raw, CONTEXT_KEYS[key])
            except ValueError as error:
                warnings.append(f"context key {key!r} is ignored: {error}")
                continue
            group, _, name = key.partition(".")
            if name:
                changes.setdefault(group, {})[name] = parsed
            else:
                now = parsed
        groups = {group: replace(getattr(self, group), **parts) for group, parts in changes.items()}
        return replace(self, now=now, **groups), tuple(warnings)


def _over(part: Any, base: Any) -> Any:
    unknown = [entry.name for entry in fields(part) if getattr(part, entry.name) is None]
    return replace(part, **{name: getattr(base, name) for name in unknown})


def _leaf_types() -> dict[str, Any]:
    """Each dotted key with the type of its value (without None)."""
    found: dict[str, Any] = {}
    hints = get_type_hints(Context)
    for entry in fields(Context):
        if entry.name == "now":
            found["now"] = datetime
            continue
        for name, hint in get_type_hints(hints[entry.name]).items():
            options = tuple(option for option in get_args(hint) if option is not type(None))
            found[f"{entry.name}.{name}"] = options[0] if len(options) == 1 else Words
    return found


CONTEXT_KEYS: Mapping[str, Any] = _leaf_types()
"""Every key that a context can hold, with the type of its value."""


def _parse(raw: Any, kind: Any) -> Any:
    if kind is bool:
        return _truth(raw)
    if kind in (int, float):
        return _number(raw, kind)
    if kind is datetime:
        return raw if isinstance(raw, datetime) else _moment(raw)
    if kind is date:
        return raw if type(raw) is date else (raw if isinstance(raw, datetime) else _moment(raw)).date()
    if kind is Words:
        return tuple(_string(part) for part in raw) if isinstance(raw, (list, tuple)) else _word(raw)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _member(raw, kind)
    return _string(raw)


def _number(raw: Any, kind: type[int] | type[float]) -> int | float:
    if isinstance(raw, bool) or not isinstance(raw, (int, float, str)):
        raise ValueError(f"{raw!r} is not a number")
    try:
        number = float(raw)
    except OverflowError:
        raise ValueError("the number is too large") from None
    if not math.isfinite(number) or (kind is int and not number.is_integer()):
        raise ValueError(f"{raw!r} is not a number of this kind")
    return kind(number)


def _truth(raw: Any) -> bool:
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, str) and raw.lower() in ("true", "false"):
        return raw.lower() == "true"
    raise ValueError(f"{raw!r} is neither true nor false")


def _moment(raw: Any) -> datetime:
    return datetime.fromisoformat(_string(raw).replace("Z", "+00:00"))


def _word(raw: Any) -> str | bool:
    return raw if isinstance(raw, bool) else _string(raw)


def _string(raw: Any) -> str:
    if not isinstance(raw, str):
        raise ValueError(f"{raw!r} is not text")
    return raw


def _member(raw: Any, kind: type[Enum]) -> Enum:
    for member in kind:
        if raw == member.value:
            return member
    known = ", ".join(str(member.value) for member in kind)
    raise ValueError(f"{raw!r} is not one of {known}")
