"""What a check looks at: the reply, what its bare answer amounts to, the buyer's line and the state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from compliance.completion import complete
from compliance.reading import Reading, read
from contracts.context import Context
from contracts.platform import Platform


@dataclass(frozen=True)
class Material:
    """One text to be checked; `readings` holds the reply and, after a bare yes or no, what it says in full."""

    readings: tuple[Reading, ...]
    buyer: Reading | None
    context: Context
    platform: Platform

    @property
    def reply(self) -> Reading:
        return self.readings[0]


def gather(text: str, platform: Platform, context: Context, reading: Callable[[str], Reading] = read) -> Material:
    """The material for checking `text` on a platform in its context; `reading` reads the reply and the buyer's line."""
    reply = reading(text)
    said = context.buyer.text
    if not said:
        return Material((reply,), None, context, platform)
    buyer = reading(said)
    completed = complete(reply, buyer)
    return Material((reply, completed) if completed else (reply,), buyer, context, platform)
