"""An approved reply of the library."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from contracts.platform import Platform

SLOT = re.compile(r"\{([a-z_]+\.[a-z_]+)\}")
"""How a slot is written in a reply's text: `{order.ship_by}`."""


@dataclass(frozen=True)
class Condition:
    """One `when` entry: the context key must be known and hold one of the values."""

    key: str
    values: tuple[str | bool | int | float | date, ...]


@dataclass(frozen=True)
class Validity:
    """The days on which a reply may be used, both included; None is open."""

    first: date | None = None
    last: date | None = None

    def covers(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class Approval:
    """Who approved the text, and when."""

    by: str
    on: date


@dataclass(frozen=True)
class Reply:
    """A reply that a person approved for these platforms; `promise` is what it promises the buyer, "" for nothing."""

    id: str
    topic: str
    platforms: frozenset[Platform]
    text: str
    questions: tuple[str, ...]
    approved: Approval
    when: tuple[Condition, ...] = ()
    auto: bool = False
    valid: Validity = Validity()
    keeps: tuple[str, ...] = ()
    promise: str = ""

    @cached_property
    def slots(self) -> tuple[str, ...]:
        """The slots of the text, in order, each once."""
        return tuple(dict.fromkeys(SLOT.findall(self.text)))
