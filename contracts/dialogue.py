"""A labelled dialogue, as files hold it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from contracts.hours import Hours
from contracts.platform import Platform
from contracts.turn import Speaker, Turn


@dataclass(frozen=True)
class Dialogue:
    """One conversation with its order, context and shop.

    `order` and `context` are kept as the file gave them: `contracts.context` reads them. `hours` stand in place of the
    shop's.
    """

    id: str
    platform: Platform
    turns: tuple[Turn, ...]
    shop: str | None = None
    order: Mapping[str, Any] = field(default_factory=dict)
    context: Mapping[str, Any] = field(default_factory=dict)
    source: str = ""
    hours: Hours | None = None

    def last_buyer_index(self) -> int | None:
        """Position of the last buyer turn, or None when the buyer never wrote."""
        for position in range(len(self.turns) - 1, -1, -1):
            if self.turns[position].speaker is Speaker.BUYER:
                return position
        return None
