from __future__ import annotations

import pytest
from pydantic import ValidationError

from contracts.hours import DAY, Span
from desk.hours_record import HoursRecord, parse_days, parse_span, record_of

SHIFTS = [{"days": "daily", "spans": ["09:00-18:00"]}]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("mon-fri", {0, 1, 2, 3, 4}),
        ("sat,sun", {5, 6}),
        ("sat-mon", {5, 6, 0}),
        ("wed", {2}),
        ("Mon - Sun", {0, 1, 2, 3, 4, 5, 6}),
        ("daily", {0, 1, 2, 3, 4, 5, 6}),
    ],
)
def test_days(text: str, days: set[int]) -> None:
    assert parse_days(text) == days


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("09:00-12:00", Span(9 * 3600, 12 * 3600)),
        ("17:30-01:00", Span(63_000, DAY + 3600)),
        ("00:00-24:00", Span(0, DAY)),
        ("18:00-00:00", Span(64_800, DAY)),
        ("09:00:30-23:59:59", Span(32_430, DAY - 1)),
    ],
)
def test_spans(text: str, span: Span) -> None:
    assert parse_span(text) == span


@pytest.mark.parametrize(
    ("record", "field"),
    [
        ({"shifts": [{"days": "mon-fry", "spans": ["09:00-12:00"]}]}, "shifts.0.days"),
        ({"shifts": [{"days": "daily", "spans": ["09:00-12:00", "9-12"]}]}, "shifts.0.spans.1"),
        ({"shifts": [{"days": "daily", "spans": ["09:00-09:00"]}]}, "shifts.0.spans.0"),
        ({"shifts": [{"days": "daily", "spans": ["24:00-09:00"]}]}, "shifts.0.spans.0"),
        ({"shifts": [{"days": "daily", "spans": ["25:00-26:00"]}]}, "shifts.0.spans.0"),
        ({"shifts": [{"days": "daily", "spans": []}]}, "shifts.0.spans"),
        ({"shifts": SHIFTS, "public_holidays": "maybe"}, "public_holidays"),
        ({"shifts": SHIFTS, "holidays": "open"}, "holidays"),
        ({"shifts": SHIFTS, "exceptions": [{"date": "2026-13-01", "closed": True}]}, "exceptions.0.date"),
        ({"shifts": SHIFTS, "exceptions": [{"date": "2026-10-01"}]}, "exceptions.0"),
        ({"shifts": SHIFTS, "preset": "x"}, ""),
        ({}, ""),
    ],
)
def test_a_fault_names_its_field(record: dict[str, object], field: str) -> None:
    with pytest.raises(ValidationError) as caught:
        HoursRecord.model_validate(record)
    assert ".".join(str(part) for part in caught.value.errors()[0]["loc"]) == field


def test_hours_are_written_as_they_were_read() -> None:
    record = HoursRecord.model_validate(
        {
            "shifts": [
                {"name": "早班", "days": "mon-fri", "spans": ["09:00-12:00", "13:00-24:00"]},
                {"name": "晚班", "days": "daily", "spans": ["17:30:15-01:00"]},
            ],
            "public_holidays": "closed",
            "exceptions": [
                {"date": "2026-11-11", "spans": ["09:00-02:00"]},
                {"date": "2026-11-12", "closed": True},
            ],
        }
    )
    assert record_of(record.hours()).hours() == record.hours()
    assert [shift.days for shift in record_of(record.hours()).shifts or ()] == ["mon,tue,wed,thu,fri", "daily"]
