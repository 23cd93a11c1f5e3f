"""Which replies may be used at all: platform, validity and state."""

from __future__ import annotations

from datetime import date
from enum import Enum

from contracts.context import Context
from contracts.platform import Platform
from contracts.reply import Condition, Reply


def eligible(reply: Reply, platform: Platform, context: Context, today: date) -> bool:
    """Whether the reply is approved for this platform, valid on this day and true in this state."""
    return (
        platform in reply.platforms
        and reply.valid.covers(today)
        and (not reply.when or all(holds(condition, context) for condition in reply.when))
    )


def holds(condition: Condition, context: Context) -> bool:
    """Whether the key is known and has one of the values; what is not known is never assumed."""
    value = context.value(condition.key)
    if value is None:
        return False
    plain = value.value if isinstance(value, Enum) else value
    if isinstance(plain, tuple):
        return any(part in condition.values for part in plain)
    return plain in condition.values
