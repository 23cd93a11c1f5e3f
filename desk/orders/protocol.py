"""What every source of orders offers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol


class OrderSource(Protocol):
    """Finds orders.

    An order is a mapping of the keys that a dialogue's `order` may have (`status`, `number`, `paid_at` ...), and of
    flat context keys (`item.custom`, `refund.type` ...) where the source knows them.
    """

    def latest(self, shop: str, buyer: str) -> Mapping[str, Any]:
        """The order that a buyer most likely speaks of: the latest; empty when there is none.

        Raises ServiceDown when the source does not answer: what it would have filled stays empty then.
        """
        ...
