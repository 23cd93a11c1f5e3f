from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from contracts.errors import InputError
from desk.period import Period

NOW = datetime(2026, 11, 20, 17, 0, tzinfo=timezone.utc)
"""Already the 21st in Shanghai."""
ZONE = "Asia/Shanghai"


def test_without_days_it_is_the_latest_thirty_of_the_shops_calendar() -> None:
    period = Period.of(None, None, NOW, ZONE)
    assert (period.first, period.last) == (date(2026, 10, 23), date(2026, 11, 21))
    assert len(list(period.days())) == 30


def test_its_days_begin_at_the_shops_midnight() -> None:
    period = Period.of(date(2026, 11, 1), date(2026, 11, 1), NOW, ZONE)
    assert period.since == datetime(2026, 10, 31, 16, tzinfo=timezone.utc)
    assert period.until - period.since == timedelta(days=1)


def test_a_first_day_alone_goes_up_to_today() -> None:
    assert Period.of(date(2026, 11, 20), None, NOW, ZONE).last == date(2026, 11, 21)


@pytest.mark.parametrize(
    ("first", "last", "fault"),
    [
        (date(2026, 11, 2), date(2026, 11, 1), "behind"),
        (date(2026, 1, 1), date(2026, 11, 1), "at most 92"),
        (date(1, 1, 1), date(1, 1, 2), "year 2000"),
        (None, date(9999, 12, 31), "year 2000"),
    ],
)
def test_days_that_make_no_period(first: date | None, last: date, fault: str) -> None:
    with pytest.raises(InputError, match=fault):
        Period.of(first, last, NOW, ZONE)
