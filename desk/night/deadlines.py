"""Until when: the latest moment that words such as 明天12点前 or 两小时内 allow."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

from contracts.text import normalise

_DIGITS = {character: number for number, character in enumerate("零一二三四五六七八九")} | {"两": 2}
_NUMBER = r"[0-9零一二两三四五六七八九十]{1,3}"
_SPAN = re.compile(rf"(半|{_NUMBER})个?(半)?(分钟|小时|钟头|工作日|天|日)(?:之|以)?内")
_DAY = re.compile(
    r"大后天|后天|明[天日早晚儿]|今[天日早晚儿]|当[天日晚]|(?P<next>下)?(?:个)?(?:周|星期|礼拜)(?P<week>[一二三四五六日天末])"
    r"|(?:(?P<month>[0-9一二三四五六七八九十]{1,3}|下个?)月)?(?P<date>[0-9]{1,2}|[一二三四五六七八九十]{1,3})[号日](?![线色款店楼仓])"
    r"|(?P<end>(?:下个?)?月底)"
)
_PART = re.compile(r"凌晨|早上|上午|(?<![尽趁及])早(?=[^晚]|$)|中午|下午|傍晚|晚上|今晚|明晚|当晚|夜里|下班前|上班前")
_CLOCK = re.compile(rf"(?P<hour>{_NUMBER})(?:点|时|[:：])(?P<minute>半|一刻|[0-5]?\d)?(?!间)")
_SOON = re.compile(
    r"稍后|稍等|一会儿?|待会儿?|等会儿?|晚点|回头|马上|立刻|立即|尽快|尽早|趁早|第一时间|这就|现在就|及时|抓紧"
)

_ENDS = {
    "凌晨": time(6),
    "早上": time(10),
    "早": time(10),
    "上班前": time(10),
    "上午": time(12),
    "中午": time(14),
    "下午": time(18),
    "下班前": time(18),
    "傍晚": time(19),
}
_LAST = time(23, 59)
_BEFORE_NOON = re.compile(r"中午(?:之|以)?前")
_NOON = 12
_MORNING = 10
"""Hours from which 中午 still names the morning's: 中午11点."""
_MONTHS = 12
_SMALL_HOURS = 5
"""The hour until which a night still belongs to the day before."""
_NIGHT = ("晚上", "今晚", "明晚", "当晚", "夜里")
_LATE = (*_NIGHT, "下午", "傍晚")
_WEEKDAYS = {character: day for day, character in enumerate("一二三四五六日")} | {"天": 6, "末": 6}


def is_soon(text: str) -> bool:
    """Whether a text says soon and no more."""
    return bool(_SOON.search(text))


def without_times(words: str) -> str:
    """What words say beside a time."""
    for expression in (_SPAN, _DAY, _PART, _CLOCK, _SOON):
        words = expression.sub("", words)
    return re.sub(r"之?前|左右|以内|那|就|会|能|可以|统一|一起|一块|再|先|都|给|最[晚迟快慢]|\s", "", words)


def deadline(text: str, said_at: datetime) -> datetime | None:
    """The latest moment that the text's time allows, None when it names no time. `said_at` has the shop's clock."""
    words = normalise(text).text
    span = _SPAN.search(words)
    if span:
        return _after(span, said_at)
    day, part, clock = _DAY.search(words), _PART.search(words), _CLOCK.search(words)
    if not (day or clock or part):
        return None
    date = _date(day, said_at) if day else said_at
    if date is None:
        return None
    if day is not None and _this_morning(day.group(), part.group() if part else "", said_at):
        date -= timedelta(days=1)
    until = _clock(clock, part.group() if part else "") if clock else _end(words, part.group() if part else "")
    if until is None:
        return None
    due = date.replace(hour=until.hour, minute=until.minute, second=0, microsecond=0)
    return due + timedelta(days=1) if day is None and due < said_at else due


def _this_morning(day: str, part: str, said_at: datetime) -> bool:
    """Whether tomorrow's morning is the one to come: who says 明早 after midnight has not slept yet."""
    return said_at.hour < _SMALL_HOURS and day.startswith("明") and (day == "明早" or part in ("早", "早上"))


def _end(words: str, part: str) -> time:
    """When a part of the day is over; 中午前 ends with the morning."""
    return time(_NOON) if _BEFORE_NOON.search(words) else _ENDS.get(part, _LAST)


def _after(span: re.Match[str], said_at: datetime) -> datetime | None:
    number = _number(span[1]) or _number(span[1][-1:])  # 一两天 may take two
    if span[1] != "半" and number is None:
        return None
    amount = 0.5 if span[1] == "半" else float(number or 0)
    amount += 0.5 if span[2] else 0
    if span[3] == "分钟":
        return said_at + timedelta(minutes=amount)
    if span[3] in ("小时", "钟头"):
        return said_at + timedelta(hours=amount)
    return (said_at + timedelta(days=amount)).replace(hour=23, minute=59, second=0, microsecond=0)


def _date(day: re.Match[str], said_at: datetime) -> datetime | None:
    words = day.group()
    if day["week"]:
        days = (_WEEKDAYS[day["week"]] - said_at.weekday()) % 7
        return said_at + timedelta(days=days + (7 if day["next"] and days <= 6 - said_at.weekday() else 0))
    if day["date"]:
        month = day["month"] or ""
        if month.startswith("下"):
            return _on(_next_month(said_at), _number(day["date"]))
        return _month_day(_number(month) if month else None, _number(day["date"]), said_at)
    if day["end"]:
        following = _next_month(said_at)
        return (_next_month(following) if words.startswith("下") else following) - timedelta(days=1)
    return said_at + timedelta(days=3 if words == "大后天" else {"后": 2, "明": 1}.get(words[0], 0))


def _month_day(month: int | None, day: int | None, said_at: datetime) -> datetime | None:
    """The next such day, None where there is none: 30号 said on the last of January."""
    if month is not None and not 0 < month <= _MONTHS:
        return None
    first = said_at.replace(day=1)
    date = _on(first.replace(month=month) if month else first, day)
    if date is None or date.date() >= said_at.date():
        return date
    return _on(first.replace(year=first.year + 1, month=month) if month else _next_month(said_at), day)


def _next_month(at: datetime) -> datetime:
    return (at.replace(day=1) + timedelta(days=32)).replace(day=1)


def _on(month: datetime, day: int | None) -> datetime | None:
    """That day of the month, None where it has none."""
    try:
        return month.replace(day=day or 0)
    except ValueError:
        return None


def _clock(clock: re.Match[str], part: str) -> time | None:
    hour = _number(clock["hour"])
    minute = {"半": 30, "一刻": 15}.get(clock["minute"] or "") or int(clock["minute"] or 0)
    if hour is None or hour > 24:
        return None
    if hour == _NOON and part in _NIGHT:
        return _LAST
    if hour == _NOON and part == "凌晨":
        return time(0, minute)
    late = part in _LATE or (part == "中午" and hour < _MORNING)
    if hour < _NOON and late:
        hour += _NOON
    return _LAST if hour == 24 else time(hour, minute)


def _number(words: str) -> int | None:
    """A number below 100 in figures or Chinese characters."""
    if words.isdigit():
        return int(words)
    tens, found, ones = words.partition("十")
    if not found:
        return _DIGITS.get(words)
    return (_DIGITS.get(tens, 1) if tens else 1) * 10 + (_DIGITS.get(ones, 0) if ones else 0)
