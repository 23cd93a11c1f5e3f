"""When a shop's people are there: shifts of a week, what holidays do to them, dated exceptions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

DAY = 86_400
"""Seconds of a day."""

WEEK = (0, 1, 2, 3, 4, 5, 6)
"""Days of the week as Python counts them: Monday is 0."""

_NAMES = "一二三四五六日"


@dataclass(frozen=True)
class Span:
    """Seconds from the midnight that begins the day, the end not included; an end past DAY lies on the next day."""

    start: int
    end: int


@dataclass(frozen=True)
class Shift:
    """A stretch of work on the named days of the week; a span past midnight belongs to the day it starts."""

    name: str
    days: frozenset[int]
    spans: tuple[Span, ...]


class DayRule(str, Enum):
    """What a special kind of day is for the shop."""

    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True)
class ExceptionalDay:
    """The spans of one date in place of its week's; none means closed."""

    day: date
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Hours:
    """A week of shifts.

    On public holidays an open shop works as on that day of the week. On make-up workdays (a Saturday or Sunday that a
    holiday moved its work to) an open shop works as on a Monday, a closed one not at all.
    """

    shifts: tuple[Shift, ...]
    public_holidays: DayRule = DayRule.OPEN
    makeup_workdays: DayRule = DayRule.OPEN
    exceptions: tuple[ExceptionalDay, ...] = ()

    def shifts_on(self, weekday: int) -> tuple[Shift, ...]:
        return tuple(shift for shift in self.shifts if weekday in shift.days)


STANDARD = Hours((Shift("", frozenset(WEEK), (Span(9 * 3600, 22 * 3600 + 1800),)),))
"""What holds for a shop that does not say: 9:00-22:30 every day."""


def merged(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """The spans in order, those that touch or overlap as one."""
    joined: list[Span] = []
    for span in sorted(spans, key=lambda item: (item.start, item.end)):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)


def describe(hours: Hours) -> str:
    """The week as a shop writes it: 每天9:00-22:30; 周一至周五9:00-18:00，周六、周日10:00-次日1:00."""
    days: dict[tuple[Span, ...], list[int]] = {}
    for weekday in WEEK:
        spans = merged(tuple(span for shift in hours.shifts_on(weekday) for span in shift.spans))
        if spans:
            days.setdefault(spans, []).append(weekday)
    text = "，".join(_days(numbers) + "和".join(_span(span) for span in spans) for spans, numbers in days.items())
    return text + ("，法定节假日休息" if text and hours.public_holidays is DayRule.CLOSED else "")


def clock(seconds: int) -> str:
    """A time of day as people write it, 9:00; past midnight 次日1:00."""
    later, within = divmod(seconds, DAY)
    if later and not within:
        return "24:00"
    hour, rest = divmod(within, 3600)
    minute, second = divmod(rest, 60)
    return f"{'次日' if later else ''}{hour}:{minute:02}" + (f":{second:02}" if second else "")


def weekday_name(weekday: int) -> str:
    """周一 for 0."""
    return f"周{_NAMES[weekday]}"


def _span(span: Span) -> str:
    return f"{clock(span.start)}-{clock(span.end)}"


def _days(numbers: list[int]) -> str:
    if len(numbers) == len(WEEK):
        return "每天"
    if len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"{weekday_name(numbers[0])}至{weekday_name(numbers[-1])}"
    return "、".join(weekday_name(number) for number in numbers)
