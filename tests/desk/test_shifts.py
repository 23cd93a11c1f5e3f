from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from contracts.hours import STANDARD, WEEK, DayRule, Hours, Shift, Span
from contracts.platform import Platform
from contracts.shop import Shop
from desk.hours_record import HoursRecord
from desk.public_holidays import chinese_days
from desk.shifts import Calendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
OFFICE = [{"days": "mon-fri", "spans": ["09:00-12:00", "13:00-18:00"]}]
MIXED = [*OFFICE, {"name": "夜", "days": "sat,sun", "spans": ["17:30-01:00"]}]
TWO = [
    {"name": "早班", "days": "daily", "spans": ["09:00-17:30"]},
    {"name": "晚班", "days": "daily", "spans": ["17:30-22:30"]},
]


def _calendar(shifts: list[dict[str, object]], zone: ZoneInfo = SHANGHAI, **rest: object) -> Calendar:
    return Calendar(HoursRecord.model_validate({"shifts": shifts, **rest}).hours(), zone, chinese_days())


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("shifts", "at", "shift"),
    [
        pytest.param(TWO, "2026-11-20T08:59:59.999999", None, id="just before opening"),
        pytest.param(TWO, "2026-11-20T09:00:00", "早班", id="the first second"),
        pytest.param(TWO, "2026-11-20T17:29:59", "早班", id="last second of the day shift"),
        pytest.param(TWO, "2026-11-20T17:30:00", "晚班", id="first second of the evening shift"),
        pytest.param(TWO, "2026-11-20T22:29:59.999999", "晚班", id="last moment"),
        pytest.param(TWO, "2026-11-20T22:30:00", None, id="the end is not included"),
        pytest.param(OFFICE, "2026-11-20T11:59:59", "", id="before lunch"),
        pytest.param(OFFICE, "2026-11-20T12:00:00", None, id="lunch begins"),
        pytest.param(OFFICE, "2026-11-20T12:59:59", None, id="lunch ends"),
        pytest.param(OFFICE, "2026-11-20T13:00:00", "", id="after lunch"),
        pytest.param(OFFICE, "2026-11-21T10:00:00", None, id="Saturday"),
        pytest.param(MIXED, "2026-11-21T17:30:00", "夜", id="Saturday evening"),
        pytest.param(MIXED, "2026-11-21T23:59:59", "夜", id="before midnight"),
        pytest.param(MIXED, "2026-11-22T00:00:00", "夜", id="midnight"),
        pytest.param(MIXED, "2026-11-22T00:59:59", "夜", id="past midnight it is still Saturday's"),
        pytest.param(MIXED, "2026-11-22T01:00:00", None, id="the end past midnight"),
        pytest.param(MIXED, "2026-11-23T00:30:00", "夜", id="Sunday's runs into Monday"),
        pytest.param(MIXED, "2026-11-21T00:30:00", None, id="Friday has none that runs into Saturday"),
        pytest.param([{"days": "daily", "spans": ["08:00-24:00"]}], "2026-11-20T23:59:59", "", id="up to midnight"),
        pytest.param([{"days": "daily", "spans": ["08:00-24:00"]}], "2026-11-21T00:00:00", None, id="midnight ends it"),
        pytest.param([{"days": "daily", "spans": ["00:00-24:00"]}], "2026-11-21T00:00:00", "", id="round the clock"),
        pytest.param([{"days": "daily", "spans": ["09:00-23:59:59"]}], "2026-11-20T23:59:58", "", id="to the second"),
        pytest.param([{"days": "daily", "spans": ["09:00-23:59:59"]}], "2026-11-20T23:59:59", None, id="not beyond it"),
        pytest.param(
            [{"days": "fri-mon", "spans": ["10:00-11:00"]}], "2026-11-22T10:00:00", "", id="a range over Sunday"
        ),
        pytest.param([{"days": "fri-mon", "spans": ["10:00-11:00"]}], "2026-11-24T10:00:00", None, id="outside it"),
        pytest.param(TWO, "2026-11-20T14:29:59+00:00", "晚班", id="a time of another zone"),
        pytest.param(TWO, "2026-11-20T14:30:00+00:00", None, id="a time of another zone at the end"),
    ],
)
def test_which_shift_works(shifts: list[dict[str, object]], at: str, shift: str | None) -> None:
    calendar = _calendar(shifts)
    assert calendar.at(_at(at)).shift == shift
    assert calendar.is_open(_at(at)) == (shift is not None)


HOLIDAYS_2026 = [
    ("2026-01-01", "2026-01-03"),
    ("2026-02-15", "2026-02-23"),
    ("2026-04-04", "2026-04-06"),
    ("2026-05-01", "2026-05-05"),
    ("2026-06-19", "2026-06-21"),
    ("2026-09-25", "2026-09-27"),
    ("2026-10-01", "2026-10-07"),
]
MAKEUP_2026 = ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"]


def test_the_holidays_of_2026() -> None:
    days = chinese_days()
    year = [date.fromordinal(number) for number in range(date(2026, 1, 1).toordinal(), date(2027, 1, 1).toordinal())]
    spans = [(date.fromisoformat(first), date.fromisoformat(last)) for first, last in HOLIDAYS_2026]
    announced = [day for day in year if any(first <= day <= last for first, last in spans)]
    off = [day for day in year if days.is_holiday(day)]
    assert off == announced
    assert [day.isoformat() for day in year if days.is_makeup(day)] == MAKEUP_2026


@pytest.mark.parametrize("day", [day for span in HOLIDAYS_2026 for day in span])
@pytest.mark.parametrize(("rule", "is_open"), [("open", True), ("closed", False)])
def test_a_holiday_is_what_the_shop_says(day: str, rule: str, is_open: bool) -> None:
    calendar = _calendar([{"days": "daily", "spans": ["00:00-24:00"]}], public_holidays=rule)
    assert [calendar.at(_at(f"{day}T{time}")).open for time in ("00:00:00", "12:00:00", "23:59:59")] == [is_open] * 3


@pytest.mark.parametrize("day", MAKEUP_2026)
def test_a_makeup_day_works_as_a_monday_or_not_at_all(day: str) -> None:
    noon, evening = _at(f"{day}T11:00:00"), _at(f"{day}T18:00:00")
    worked, closed = _calendar(MIXED), _calendar(MIXED, makeup_workdays="closed")
    assert (worked.at(noon).open, worked.at(evening).open) == (True, False)
    assert (closed.at(noon).open, closed.at(evening).open) == (False, False)


def test_a_shift_into_a_holiday_goes_on_to_its_end() -> None:
    calendar = _calendar([{"days": "daily", "spans": ["17:30-01:00"]}], public_holidays="closed")
    assert calendar.at(_at("2026-10-01T00:59:59")).open
    assert not calendar.at(_at("2026-10-01T01:00:00")).open
    assert not calendar.at(_at("2026-10-01T18:00:00")).open


def test_a_dated_exception_goes_before_everything() -> None:
    exceptions = [
        {"date": "2026-11-11", "spans": ["00:00-24:00"]},
        {"date": "2026-11-12", "closed": True},
        {"date": "2026-10-01", "spans": ["10:00-12:00"]},
    ]
    calendar = _calendar(TWO, public_holidays="closed", exceptions=exceptions)
    opened = ["2026-11-11T00:00:00", "2026-11-11T23:59:59", "2026-10-01T10:00:00"]
    assert all(calendar.at(_at(at)).open for at in opened)
    assert not any(calendar.at(_at(at)).open for at in ["2026-11-12T10:00:00", "2026-10-01T12:00:00"])
    assert calendar.at(_at("2026-11-12T10:00:00")).closed_at == datetime(2026, 11, 12, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("rest", "at", "closed_at", "opens_at"),
    [
        ({}, "2026-11-20T23:00", "2026-11-20T18:00", "2026-11-21T17:30"),
        ({}, "2026-11-22T02:00", "2026-11-22T01:00", "2026-11-22T17:30"),
        ({}, "2026-11-23T12:30", "2026-11-23T12:00", "2026-11-23T13:00"),
        ({"public_holidays": "closed"}, "2026-09-30T20:00", "2026-09-30T18:00", "2026-10-08T09:00"),
        ({"public_holidays": "closed"}, "2026-02-13T20:00", "2026-02-13T18:00", "2026-02-14T09:00"),
        (
            {"public_holidays": "closed", "makeup_workdays": "closed"},
            "2026-02-13T20:00",
            "2026-02-13T18:00",
            "2026-02-24T09:00",
        ),
        ({"public_holidays": "closed"}, "2025-12-31T20:00", "2025-12-31T18:00", "2026-01-04T09:00"),
    ],
)
def test_when_it_closed_and_when_it_opens(rest: dict[str, object], at: str, closed_at: str, opens_at: str) -> None:
    standing = _calendar(MIXED, **rest).at(_at(at))
    assert standing.closed_at == _at(closed_at).replace(tzinfo=SHANGHAI)
    assert standing.opens_at == _at(opens_at).replace(tzinfo=SHANGHAI)


def test_shifts_that_touch_are_one_opening() -> None:
    standing = _calendar(TWO).at(_at("2026-11-20T10:00"))
    assert standing.closes_at == datetime(2026, 11, 20, 22, 30, tzinfo=SHANGHAI)
    assert standing.opens_at == datetime(2026, 11, 21, 9, 0, tzinfo=SHANGHAI)


def test_the_same_hours_have_one_calendar() -> None:
    shop = Shop("lamps", Platform.TMALL, "灯", hours=Hours((Shift("", frozenset(WEEK), (Span(0, 3600),)),)))
    again = Shop("shoes", Platform.JD, "鞋", hours=Hours((Shift("", frozenset(WEEK), (Span(0, 3600),)),)))
    assert Calendar.of(shop) is Calendar.of(again)
    assert Calendar.of(shop) is not Calendar.of(replace(shop, timezone="Asia/Tokyo"))
    assert Calendar.of(shop) is not Calendar.with_hours(shop, Hours(()))


def test_what_never_happens_is_none() -> None:
    always = _calendar([{"days": "daily", "spans": ["00:00-24:00"]}]).at(_at("2026-11-20T10:00"))
    never = Calendar(Hours(()), SHANGHAI, chinese_days()).at(_at("2026-11-20T10:00"))
    assert (always.open, always.closes_at, always.opens_at) == (True, None, None)
    assert (never.open, never.closed_at, never.opens_at) == (False, None, None)


def test_the_clock_is_the_shop_s() -> None:
    calendar = Calendar(STANDARD, ZoneInfo("Asia/Urumqi"), chinese_days())
    assert not calendar.at(_at("2026-11-20T09:00:00+08:00")).open
    assert calendar.at(_at("2026-11-20T11:00:00+08:00")).open
    assert STANDARD.public_holidays is DayRule.OPEN


@pytest.mark.parametrize(
    ("at", "began", "ends"),
    [
        ("2026-11-20T02:00", "2026-11-19T22:30", "2026-11-20T09:00"),
        ("2026-11-20T18:00", "2026-11-19T22:30", "2026-11-20T09:00"),
        ("2026-11-20T09:00", "2026-11-19T22:30", "2026-11-20T09:00"),
        ("2026-11-20T22:30", "2026-11-20T22:30", "2026-11-21T09:00"),
    ],
)
def test_the_last_time_nobody_was_there(at: str, began: str, ends: str) -> None:
    found = _calendar(TWO).last_closing(_at(at))
    assert found is not None
    assert [moment and moment.strftime("%Y-%m-%dT%H:%M") for moment in found] == [began, ends]


def test_who_always_works_was_never_away() -> None:
    assert _calendar([{"days": "daily", "spans": ["00:00-24:00"]}]).last_closing(_at("2026-11-20T10:00")) is None


def test_what_makes_a_day_special() -> None:
    calendar = _calendar(TWO, exceptions=[{"date": "2026-11-11", "closed": True}])
    days = [date(2026, 10, 1), date(2026, 10, 10), date(2026, 11, 11), date(2026, 11, 12)]
    assert [calendar.day_note(day) for day in days] == ["holiday", "makeup", "exception", ""]
    assert calendar.openings(date(2026, 11, 11)) == ()
