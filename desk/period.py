"""A span of whole days, as statistics are asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from contracts.errors import InputError

LONGEST = 92
"""Days of a period: a quarter."""

USUAL = 30
"""Days of a period of which only the end, or nothing, is said."""


@dataclass(frozen=True)
class Period:
    """The days from `first` to `last`, both included, in the time zone of a shop."""

    first: date
    last: date
    zone: str

    @classmethod
    def of(cls, first: date | None, last: date | None, now: datetime, zone: str) -> Period:
        """The period from one day to another; by default the latest days up to today.

        Raises InputError for days in the wrong order and for more than a quarter.
        """
        end = last or max(now.astimezone(ZoneInfo(zone)).date(), first or date.min)
        if end.year < 2000 or (first is not None and first.year < 2000) or end.year > 2200:
            raise InputError("from and to are days from the year 2000 on")
        start = first or end - timedelta(days=USUAL - 1)
        if start > end:
            raise InputError(f"from ({start}) lies behind to ({end})")
        if (end - start).days >= LONGEST:
            raise InputError(f"a period has at most {LONGEST} days")
        return cls(start, end, zone)

    @property
    def since(self) -> datetime:
        """Where the first day begins, in UTC."""
        return self.begin(self.first)

    @property
    def until(self) -> datetime:
        """Where the last day ends, in UTC."""
        return self.begin(self.last + timedelta(days=1))

    def begin(self, day: date) -> datetime:
        """Where a day begins, in UTC."""
        return datetime.combine(day, time(), ZoneInfo(self.zone)).astimezone(timezone.utc)

    def days(self) -> Iterator[date]:
        """The days in their order."""
        for count in range((self.last - self.first).days + 1):
            yield self.first + timedelta(days=count)

    def local(self, moment: datetime) -> datetime:
        """A moment on the shop's clock."""
        return moment.astimezone(ZoneInfo(self.zone))
