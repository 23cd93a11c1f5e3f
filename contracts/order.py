"""The facts of an order that a reply may state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from contracts.context import OrderStatus


@dataclass(frozen=True)
class Order:
    """One order as its source gave it; None is not known. `amount` is in yuan."""

    status: OrderStatus | None = None
    number: str | None = None
    amount: float | None = None
    paid_at: datetime | None = None
    carrier: str | None = None
    tracking_number: str | None = None
    shipped_on: date | None = None
    eta: date | None = None
    item: str | None = None
