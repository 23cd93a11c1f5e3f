"""A shop without a source of orders."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class NoOrders:
    """Knows no order: what an order would fill stays empty."""

    def latest(self, shop: str, buyer: str) -> Mapping[str, Any]:  # noqa: ARG002 - the protocol's signature
        """Nothing."""
        return {}
