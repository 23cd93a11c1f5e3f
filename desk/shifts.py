"""The shift calendar: is the shop open at a moment, which shift works, when did it close, when does it open again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from contracts.hours import DayRule, Hours, Shift
from contracts.shop import Shop
from desk.public_holidays import SpecialDays, chinese_days

HORIZON = 400
"""Days that are searched for the last closing or the next opening: more than a year of closed days is never."""

_MONDAY = 0

DayNote = Literal["", "exception", "holiday", "makeup"]


@dataclass(frozen=True)
class Stretch:
    """A span of one shift on the clock, the end not included."""

    shift: str
    start: datetime
    end: datetime


@dataclass(frozen=True)
class Standing:
    """How the shop stands at `at`; times are in the shop's zone, None where there is none within the horizon.

    `closed_at` is when the last opening ended (while open: None), `closes_at` when this one ends (while closed: None),
    `opens_at` when the next one begins.
    """

    at: datetime
    shift: str | None
    closed_at: datetime | None
    closes_at: datetime | None
    opens_at: datetime | None

    @property
    def open(self) -> bool:
        return self.shift is not None


class Calendar:
    """One shop's hours on the clock; exact to the microsecond."""

    def __init__(self, hours: Hours, zone: ZoneInfo, days: SpecialDays) -> None:
        self.hours = hours
        self.zone = zone
        self._days = days
        self._exceptions = {exception.day: exception for exception in hours.exceptions}
        self._of_day = lru_cache(maxsize=HORIZON * 3)(self._stretches)

    @classmethod
    def of(cls, shop: Shop) -> Calendar:
        """The calendar of a shop."""
        return cls.with_hours(shop, shop.hours)

    @classmethod
    def with_hours(cls, shop: Shop, hours: Hours) -> Calendar:
        """The calendar that a shop would have with other hours; the same hours have one, which remembers its days."""
        return calendar_of(hours, shop.timezone)

    def local(self, moment: datetime) -> datetime:
        """The moment on the shop's clock; one without a zone is taken as the shop's own."""
        return moment.astimezone(self.zone) if moment.tzinfo else moment.replace(tzinfo=self.zone)

    def is_open(self, moment: datetime) -> bool:
        """Whether a shift works at a moment; cheaper than all of `at`, which looks for the end of the opening."""
        return bool(self._working(self.local(moment)))

    def at(self, moment: datetime) -> Standing:
        """How the shop stands at a moment."""
        local = self.local(moment)
        working = self._working(local)
        if not working:
            return Standing(local, None, self._last_end(local), None, self._next_start(local))
        closes = self._end_of_opening(max(stretch.end for stretch in working))
        return Standing(local, working[-1].shift, None, closes, self._next_start(closes) if closes else None)

    def last_closing(self, moment: datetime) -> tuple[datetime, datetime | None] | None:
        """When the closed period that runs at a moment, or else the one before, began and ends. None: there is none."""
        standing = self.at(moment)
        if not standing.open:
            return (standing.closed_at, standing.opens_at) if standing.closed_at else None
        start = self._start_of_opening(standing.at)
        closed = self._last_end(start) if start else None
        return (closed, start) if closed else None

    def openings(self, day: date) -> tuple[Stretch, ...]:
        """The stretches that begin on a day, in their order."""
        return self._of_day(day)

    def day_note(self, day: date) -> DayNote:
        """What makes a day a special one, "" for a plain day."""
        if day in self._exceptions:
            return "exception"
        if self._days.is_makeup(day):
            return "makeup"
        return "holiday" if self._days.is_holiday(day) else ""

    def _working(self, local: datetime) -> list[Stretch]:
        today = local.date()
        return [
            stretch
            for stretch in (*self._of_day(today - timedelta(days=1)), *self._of_day(today))
            if stretch.start.timestamp() <= local.timestamp() < stretch.end.timestamp()
        ]

    def _last_end(self, moment: datetime) -> datetime | None:
        for back in range(HORIZON):
            ends = [
                stretch.end for stretch in self._of_day(moment.date() - timedelta(days=back)) if stretch.end <= moment
            ]
            before = self._of_day(moment.date() - timedelta(days=back + 1))
            ends += [stretch.end for stretch in before if stretch.end <= moment]
            if ends:
                return max(ends)
        return None

    def _next_start(self, moment: datetime) -> datetime | None:
        for ahead in range(HORIZON):
            starts = [
                stretch.start
                for stretch in self._of_day(moment.date() + timedelta(days=ahead))
                if stretch.start > moment
            ]
            if starts:
                return min(starts)
        return None

    def _end_of_opening(self, end: datetime) -> datetime | None:
        """Where the opening that reaches `end` ends: shifts that touch are one opening. None when it never does."""
        latest = end + timedelta(days=HORIZON)
        while end < latest:
            near = (*self._of_day(end.date() - timedelta(days=1)), *self._of_day(end.date()))
            later = [stretch.end for stretch in near if stretch.start <= end < stretch.end]
            if not later:
                return end
            end = max(later)
        return None

    def _start_of_opening(self, moment: datetime) -> datetime | None:
        """Where the opening that runs at a moment began: shifts that touch are one opening. None when it always was."""
        start, earliest = moment, moment - timedelta(days=HORIZON)
        while start > earliest:
            near = (*self._of_day(start.date() - timedelta(days=1)), *self._of_day(start.date()))
            earlier = [stretch.start for stretch in near if stretch.start < start <= stretch.end]
            if not earlier:
                return start
            start = min(earlier)
        return None

    def _stretches(self, day: date) -> tuple[Stretch, ...]:
        midnight = datetime.combine(day, datetime.min.time(), self.zone)
        stretches = [
            Stretch(shift.name, midnight + timedelta(seconds=span.start), midnight + timedelta(seconds=span.end))
            for shift in self._shifts(day)
            for span in shift.spans
        ]
        return tuple(sorted(stretches, key=lambda stretch: stretch.start))

    def _shifts(self, day: date) -> Iterator[Shift]:
        exception = self._exceptions.get(day)
        if exception is not None:
            yield Shift("", frozenset((day.weekday(),)), exception.spans)
        elif self._days.is_makeup(day):
            if self.hours.makeup_workdays is DayRule.OPEN:
                yield from self.hours.shifts_on(_MONDAY)
        elif self.hours.public_holidays is DayRule.OPEN or not self._days.is_holiday(day):
            yield from self.hours.shifts_on(day.weekday())


@lru_cache(maxsize=64)
def calendar_of(hours: Hours, timezone: str) -> Calendar:
    """The one calendar of these hours in a zone; it remembers its days."""
    return Calendar(hours, ZoneInfo(timezone), chinese_days())
