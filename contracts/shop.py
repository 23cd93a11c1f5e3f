"""A shop: where it sells, when it is open, and the facts its replies may state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from contracts.hours import STANDARD, Hours
from contracts.platform import Platform
from contracts.policy import AutoPolicy


@dataclass(frozen=True)
class Shop:
    """`variables` are slot values by slot name (`shop.return_address`), as text to be put into a reply."""

    id: str
    platform: Platform
    name: str
    timezone: str = "Asia/Shanghai"
    variables: Mapping[str, str] = field(default_factory=dict)
    context: Mapping[str, object] = field(default_factory=dict)
    hours: Hours = STANDARD
    auto: AutoPolicy = AutoPolicy()
    hints_off: frozenset[str] = frozenset()
    """Ids of clauses that are hints, which the shop does not want to see."""
    demo: bool = False
    """Whether anybody may write to it as a buyer, in the built-in buyer window."""
