"""Working hours as files write them, decoded strictly."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from contracts.hours import DAY, WEEK, DayRule, ExceptionalDay, Hours, Shift, Span

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_TIME = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)(?::([0-5]\d))?")


def parse_days(text: str) -> frozenset[int]:
    """The days of `mon-fri`, `sat,sun`, `fri-mon` or `daily`. Raises ValueError."""
    if text.strip().lower() == "daily":
        return frozenset(WEEK)
    days: set[int] = set()
    for part in text.lower().replace(" ", "").split(","):
        first, dash, last = part.partition("-")
        names = (first, last if dash else first)
        if any(name not in _DAYS for name in names):
            raise ValueError(f"{part!r} is not a day; days are {', '.join(_DAYS)}, ranges such as mon-fri, or daily")
        start, end = (_DAYS.index(name) for name in names)
        days.update((start + step) % len(WEEK) for step in range((end - start) % len(WEEK) + 1))
    return frozenset(days)


def parse_span(text: str) -> Span:
    """The span of `09:00-12:00` or, past midnight, `17:30-01:00`. Raises ValueError."""
    first, dash, last = text.replace(" ", "").partition("-")
    start, end = _seconds(first), _seconds(last)
    if not dash or start is None or end is None or start >= DAY:
        raise ValueError(f"{text!r} is not a span such as 09:00-12:00 or, past midnight, 17:30-01:00")
    if start == end:
        raise ValueError(f"{text!r} has no length; a whole day is 00:00-24:00")
    return Span(start, end if end > start else end + DAY)


def _seconds(text: str) -> int | None:
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    hour, minute, second = (int(part or 0) for part in match.groups())
    seconds = hour * 3600 + minute * 60 + second
    return seconds if seconds <= DAY else None


def _spelt_days(text: str) -> str:
    parse_days(text)
    return text


def _spelt_span(text: str) -> str:
    parse_span(text)
    return text


def _printable(text: str) -> str:
    if not text.isprintable():
        raise ValueError("has characters that cannot be seen")
    return text


_Name = Annotated[str, Field(max_length=50), AfterValidator(_printable)]
_Days = Annotated[str, AfterValidator(_spelt_days)]
_Span = Annotated[str, AfterValidator(_spelt_span)]
_Rule = Literal["open", "closed"]


class ShiftRecord(BaseModel):
    """One shift of the week."""

    model_config = ConfigDict(extra="forbid")

    name: _Name = ""
    days: _Days
    spans: list[_Span] = Field(min_length=1)

    def shift(self) -> Shift:
        return Shift(self.name, parse_days(self.days), tuple(parse_span(span) for span in self.spans))


class ExceptionRecord(BaseModel):
    """One date that is not as its week says: closed, or with spans of its own."""

    model_config = ConfigDict(extra="forbid")

    date: date
    closed: bool = False
    spans: list[_Span] = Field(default_factory=list)

    @model_validator(mode="after")
    def _one_of_both(self) -> ExceptionRecord:
        if self.closed == bool(self.spans):
            raise ValueError("say either closed: true or the spans of that day")
        return self

    def exceptional_day(self) -> ExceptionalDay:
        return ExceptionalDay(self.date, tuple(parse_span(span) for span in self.spans))


class HoursRecord(BaseModel):
    """`hours:` of a shop, of a dialogue or of a preset; a shop may name a preset in place of shifts."""

    model_config = ConfigDict(extra="forbid")

    preset: str | None = None
    shifts: list[ShiftRecord] | None = None
    public_holidays: _Rule = "open"
    makeup_workdays: _Rule = "open"
    exceptions: list[ExceptionRecord] = Field(default_factory=list)

    @model_validator(mode="after")
    def _shifts_or_preset(self) -> HoursRecord:
        if (self.shifts is None) == (self.preset is None):
            raise ValueError("say either shifts (none of them is never open) or the name of a preset")
        dates = [exception.date for exception in self.exceptions]
        doubled = next((day for day in dates if dates.count(day) > 1), None)
        if doubled is not None:
            raise ValueError(f"exceptions name {doubled.isoformat()} twice")
        return self

    def hours(self, preset_shifts: tuple[Shift, ...] = ()) -> Hours:
        return Hours(
            tuple(shift.shift() for shift in self.shifts or ()) or preset_shifts,
            DayRule(self.public_holidays),
            DayRule(self.makeup_workdays),
            tuple(exception.exceptional_day() for exception in self.exceptions),
        )


class PresetRecord(BaseModel):
    """A ready set of shifts, `data/hours/<name>.yml`."""

    model_config = ConfigDict(extra="forbid")

    title: str = Field(min_length=1)
    shifts: list[ShiftRecord] = Field(min_length=1)

    def named_shifts(self) -> tuple[Shift, ...]:
        return tuple(shift.shift() for shift in self.shifts)


def record_of(hours: Hours) -> HoursRecord:
    """Hours as a file writes them, presets written out."""
    return HoursRecord(
        shifts=[
            ShiftRecord(name=shift.name, days=_written_days(shift.days), spans=[_written(span) for span in shift.spans])
            for shift in hours.shifts
        ],
        public_holidays=hours.public_holidays.value,
        makeup_workdays=hours.makeup_workdays.value,
        exceptions=[
            ExceptionRecord(
                date=exception.day, closed=not exception.spans, spans=[_written(span) for span in exception.spans]
            )
            for exception in hours.exceptions
        ],
    )


def _written_days(days: frozenset[int]) -> str:
    return "daily" if len(days) == len(WEEK) else ",".join(_DAYS[day] for day in sorted(days))


def _written(span: Span) -> str:
    return f"{_clock(span.start)}-{_clock(span.end)}"


def _clock(seconds: int) -> str:
    """09:00, with seconds where there are some; 24:00 is the end of the day, later ones lie on the next."""
    within = seconds if seconds <= DAY else seconds - DAY
    hour, rest = divmod(within, 3600)
    minute, second = divmod(rest, 60)
    return f"{hour:02}:{minute:02}" + (f":{second:02}" if second else "")
