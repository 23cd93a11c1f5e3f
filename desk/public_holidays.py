"""China's public holidays and the weekend days worked to make up for them, from the `holidays` library."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Protocol

import holidays

_DAY = timedelta(days=1)
_SATURDAY = 5


class SpecialDays(Protocol):
    """Which days are not what their place in the week says."""

    def is_holiday(self, day: date) -> bool:
        """Whether people are off because of a public holiday."""
        ...

    def is_makeup(self, day: date) -> bool:
        """Whether it is a Saturday or Sunday on which people work."""
        ...


class ChineseDays:
    """The State Council's calendar.

    The library lists the days a holiday takes from the week; the weekend inside or beside them belongs to the same
    holiday, as in the announcement (1 to 7 October), and is found here. Years without an announcement have the
    holidays by law and no make-up days.
    """

    def __init__(self) -> None:
        self._listed = holidays.country_holidays("CN")

    def is_makeup(self, day: date) -> bool:
        _ = day in self._listed  # the library fills a year when it is first asked about
        return day in self._listed.weekend_workdays

    def is_holiday(self, day: date) -> bool:
        if day in self._listed:
            return True
        return self._weekend(day) and any(self._reaches_holiday(day, step) for step in (-_DAY, _DAY))

    def _weekend(self, day: date) -> bool:
        return day.weekday() >= _SATURDAY and not self.is_makeup(day)

    def _reaches_holiday(self, day: date, step: timedelta) -> bool:
        while self._weekend(day):
            day += step
            if day in self._listed:
                return True
        return False


@lru_cache(maxsize=1)
def chinese_days() -> ChineseDays:
    """The one calendar of this process."""
    return ChineseDays()
