"""A moment to come, as a shop would say it to a buyer."""

from __future__ import annotations

from datetime import datetime

from contracts.hours import clock, weekday_name

_NEAR = ("今天", "明天")
_NAMED = 3
"""Days ahead up to which the weekday alone is clear; later the date stands before it."""


def spoken(moment: datetime, now: datetime) -> str:
    """今天9:00, 明天9:00, 周一9:00, 10月8日（周四）9:00; both times on the same clock."""
    ahead = (moment.date() - now.date()).days
    time = clock(moment.hour * 3600 + moment.minute * 60 + moment.second)
    if ahead < len(_NEAR):
        return _NEAR[ahead] + time
    if ahead <= _NAMED:
        return weekday_name(moment.weekday()) + time
    return f"{moment.month}月{moment.day}日（{weekday_name(moment.weekday())}）{time}"
