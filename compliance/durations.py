"""Lengths of time as chat writes them, in hours."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

HOURS_A_DAY = 24.0
HOURS_A_WORKDAY = 24.0 * 7 / 5
"""A working day in calendar hours, weekends spread over the week."""

_HOURS = {
    "小时": 1.0,
    "个小时": 1.0,
    "个钟头": 1.0,
    "钟头": 1.0,
    "h": 1.0,
    "天": HOURS_A_DAY,
    "日内": HOURS_A_DAY,
    "工作日": HOURS_A_WORKDAY,
    "个工作日": HOURS_A_WORKDAY,
    "周": HOURS_A_DAY * 7,
    "个星期": HOURS_A_DAY * 7,
    "星期": HOURS_A_DAY * 7,
    "个礼拜": HOURS_A_DAY * 7,
    "礼拜": HOURS_A_DAY * 7,
    "个月": HOURS_A_DAY * 30,
}
_UNITS = "|".join(sorted(_HOURS, key=len, reverse=True))
_COUNTED = re.compile(
    rf"(?P<low>\d{{1,4}})(?:(?:-|~|到|至|、|—|或)(?P<high>\d{{1,4}}))?多?(?P<unit>{_UNITS})(?!无理由|"
    rf"前|以?后(?:未|没|不)|[一-龥]?退)"
)
_NAMED = re.compile(
    "半个月|十来天|10来天|几个月|下(?:个)?(?:周|星期|礼拜)[一二三四五六日天]?|下个?月|"
    "月底|过年|年后|节后|(?:好)?几周|好几天"
)
_NAMED_HOURS = {
    "半": 15 * HOURS_A_DAY,
    "十": 10 * HOURS_A_DAY,
    "1": 10 * HOURS_A_DAY,
    "下": 7 * HOURS_A_DAY,
    "好": 5 * HOURS_A_DAY,
}
_RANGES = ("23天", "34天", "35天", "45天", "57天")
"""Two days typed without the dash: 23天 is two to three days."""

_LONG = 30 * HOURS_A_DAY
_DAY = re.compile(
    r"(?<![\d.月/-])(?:(?P<month>\d{1,2})月)?(?P<day>\d{1,2})[号日]"
    "(?![码线楼店仓机色链]|前|之前|以前|付|下单|拍|买|订)"
)
_AHEAD = re.compile("(?P<far>大{0,4})后[天日]|明[天日儿早晚](?!后)")
_WEEKDAY = re.compile(
    "(?<![每上下到至和及、-])(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])"
    "(?!(?:到|至|和|及|、|-|或)?(?:周|星期|礼拜)?[一二三四五六日天]|[至到和及、-])"
)
_WEEKDAYS = "一二三四五六日"
_NEAR_DAYS = 20
"""Days before and after now in which a day of the month is looked for."""

_SECONDS_AN_HOUR = 3600.0


@dataclass(frozen=True)
class Duration:
    """A length of time in hours (the longest it may mean) at text[start:end]."""

    hours: float
    start: int
    end: int


def durations(text: str) -> tuple[Duration, ...]:
    """Every length of time stated in a normalised text, from left to right."""
    found = [_counted(match) for match in _COUNTED.finditer(text)]
    found += [Duration(_named(match[0]), *match.span()) for match in _NAMED.finditer(text)]
    return tuple(sorted(found, key=lambda duration: duration.start))


def until_dates(text: str, now: datetime) -> tuple[Duration, ...]:
    """The hours from `now` to the beginning of every coming day that a normalised text names.

    Days of the month (26号, 12月3日), days ahead (明天, 大后天) and weekdays (周三; the day's own name says nothing).
    """
    matches = list(_DAY.finditer(text))
    near = _days_near(now) if matches else ()
    found = [(match, _coming(match, near)) for match in matches]
    found += [(match, _until(now, _days_ahead(match))) for match in _AHEAD.finditer(text)]
    found += [(match, _until(now, _days_to(match["weekday"], now))) for match in _WEEKDAY.finditer(text)]
    return tuple(Duration(hours, *match.span()) for match, hours in found if hours > 0)


def _days_ahead(match: re.Match[str]) -> int:
    """后天 is in two days, each 大 before it one more; 明天 in one."""
    return 1 if match["far"] is None else 2 + len(match["far"])


def _days_to(weekday: str, now: datetime) -> int:
    return (_WEEKDAYS.index(weekday.replace("天", "日")) - now.weekday()) % len(_WEEKDAYS)


def _until(now: datetime, days: int) -> float:
    """Hours to the beginning of the day `days` ahead, 0 for today."""
    into = (now - now.replace(hour=0, minute=0, second=0, microsecond=0)).total_seconds() / _SECONDS_AN_HOUR
    return days * HOURS_A_DAY - into if days else 0.0


def _days_near(now: datetime) -> tuple[tuple[str, str, float], ...]:
    """Month, day and the hours from `now` to its beginning, for every day around; none at the ends of the calendar."""
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    try:
        days = [today + timedelta(days=days) for days in range(-_NEAR_DAYS, _NEAR_DAYS + 1)]
    except OverflowError:
        return ()
    return tuple((str(day.month), str(day.day), (day - now).total_seconds() / _SECONDS_AN_HOUR) for day in days)


def _coming(match: re.Match[str], near: tuple[tuple[str, str, float], ...]) -> float:
    """Hours to the beginning of the day, the nearest of that name; negative when it lies behind."""
    wanted = (match["month"] or "").lstrip("0"), match["day"].lstrip("0")
    hours = [hours for month, day, hours in near if wanted in (("", day), (month, day))]
    return min(hours, key=abs, default=0.0)


def _counted(match: re.Match[str]) -> Duration:
    count = int(match["high"] or match["low"])
    if match["unit"] == "天" and match[0].startswith(_RANGES):
        count = int(match["low"][1])
    return Duration(count * _HOURS[match["unit"]], *match.span())


def _named(words: str) -> float:
    if words[:2] in ("下个", "下月") and "月" in words:
        return _LONG
    return _NAMED_HOURS.get(words[0], _LONG)
