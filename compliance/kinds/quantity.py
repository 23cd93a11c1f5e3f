"""Quantities stated about a subject, held against those that are true.

Options
    about    patterns of the subject
    reach    how near the subject must be: unit, sentence, text (default) or talk (text or buyer's line)
    units    what is counted: a mapping of each unit to its size (张: 1, 打: 12); without it, time in hours
    true     the bounds of what is true: {at_least: n, at_most: n}, one of them or both
    near     patterns, one of which must stand by the quantity: in its unit, no further than the quantities beside it
    other    patterns that, after the quantity, say it is of something else, whatever stands before it
    except   patterns in the unit that make a quantity harmless
    several  "silent" (default): 几, 多 and 好几 say nothing; "three": they stand for three

Both ends of a range must be true. Ordinals (第2张) are no quantities.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from compliance.kinds.check import Check
from compliance.material import Material
from compliance.numerals import NUMERAL, to_digits
from compliance.options import OptionError, Options, is_number
from compliance.pattern import Pattern
from compliance.polarity import Stance, stance
from compliance.reading import Reading, Span

REACHES = ("unit", "sentence", "text", "talk")

_DAY = 24.0
_TIME = {
    "分钟": 1 / 60,
    "小时": 1.0,
    "钟头": 1.0,
    "h": 1.0,
    "天": _DAY,
    "日": _DAY,
    "工作日": _DAY * 7 / 5,
    "周": _DAY * 7,
    "星期": _DAY * 7,
    "礼拜": _DAY * 7,
    "月": _DAY * 30,
    "年": _DAY * 365,
}
_NUMBER = r"\d{1,6}(?:\.\d{1,2})?|[一二两三四五六七八九十百千]{1,5}|半"
_SEVERAL = "好?几|多|数|若干"
_TO = "[-~到至、或—]"
_HALF = 0.5
_THREE = 3.0


@dataclass(frozen=True)
class Counted:
    """A quantity at text[start:end]: every number that was said of it, in the common measure."""

    values: tuple[float, ...]
    start: int
    end: int


@dataclass(frozen=True)
class Quantity:
    """The check; see the module."""

    about: Pattern
    reach: str
    sizes: Mapping[str, float]
    stated: re.Pattern[str]
    least: float
    most: float
    near: Pattern | None
    other: Pattern | None
    harmless: Pattern | None
    several: bool

    def find(self, material: Material) -> Span | None:
        """The first quantity that is not true."""
        for reading in material.readings:
            if not self._spoken_of(reading, material.buyer):
                continue
            for counted in self._counted(reading):
                if all(self.least <= value <= self.most for value in counted.values):
                    continue
                if stance(reading, counted.start, counted.end) is Stance.CLAIMED:
                    return reading.span(counted.start, counted.end)
        return None

    def _spoken_of(self, reading: Reading, buyer: Reading | None) -> bool:
        """Whether the subject is anywhere."""
        if self.about.found(reading):
            return True
        return self.reach == "talk" and buyer is not None and self.about.found(buyer)

    def _counted(self, reading: Reading) -> Iterator[Counted]:
        """The quantities of the subject, from left to right."""
        matches = list(self.stated.finditer(reading.text))
        for place, match in enumerate(matches):
            index = reading.unit_at(match.start())
            unit = reading.units[index]
            start = max(unit.start, matches[place - 1].end() if place else 0)
            end = min(unit.end, matches[place + 1].start()) if place + 1 < len(matches) else unit.end
            if not self._is_near(reading, (start, match.start()), (match.end(), end)):
                continue
            if self.reach == "unit" and not self.about.found(reading, unit.start, unit.end):
                continue
            if self.reach == "sentence" and not self.about.found(reading, *reading.sentence(index)):
                continue
            if self.harmless is not None and self.harmless.found(reading, unit.start, unit.end):
                continue
            values = self._values(match)
            if values:
                yield Counted(values, *match.span())

    def _is_near(self, reading: Reading, before: Span, after: Span) -> bool:
        """Whether what stands by the quantity says that it is of the subject."""
        if self.near is None or self.near.found(reading, *after):
            return True
        if self.other is not None and self.other.found(reading, *after):
            return False
        return self.near.found(reading, *before)

    def _values(self, match: re.Match[str]) -> tuple[float, ...]:
        size = self.sizes[match["unit"]]
        said = [number for number in (match["low"], match["high"]) if number]
        if said:
            return tuple(value * size for number in said for value in _numbers(number))
        return (_THREE * size,) if self.several else ()


def _numbers(numeral: str) -> tuple[float, ...]:
    """The value of a numeral; 两三 is two numbers."""
    if numeral == "半":
        return (_HALF,)
    if numeral[0].isdigit():
        return (float(numeral),)
    pair = re.fullmatch("[一二两三四五六七八九]{2}", numeral)
    parts = tuple(numeral) if pair else (numeral,)
    return tuple(float(NUMERAL.sub(to_digits, f"{part}件")[:-1]) for part in parts)


def _stated(units: Mapping[str, float]) -> re.Pattern[str]:
    """What a stated quantity looks like."""
    names = "|".join(re.escape(name) for name in sorted(units, key=len, reverse=True))
    return re.compile(
        rf"(?<![第\d.一二三四五六七八九十百千])"
        rf"(?:(?P<low>{_NUMBER})(?:{_TO}(?P<high>{_NUMBER}))?[多来]?|(?:{_SEVERAL}))个?(?P<unit>{names})"
    )


def compile_check(options: Options) -> Check:
    """The check from its options. Raises OptionError."""
    units = {name: _size(size) for name, size in options.mapping("units").items()} or _TIME
    bounds = options.mapping("true")
    least, most = (_bound(bounds, name) for name in ("at_least", "at_most"))
    if not bounds or set(bounds) - {"at_least", "at_most"}:
        raise OptionError("option 'true' must give at_least, at_most or both")
    return Quantity(
        about=options.pattern("about"),
        reach=options.choice("reach", REACHES, "text"),
        sizes=units,
        stated=_stated(units),
        least=float("-inf") if least is None else least,
        most=float("inf") if most is None else most,
        near=options.optional_pattern("near"),
        other=options.optional_pattern("other"),
        harmless=options.optional_pattern("except"),
        several=options.choice("several", ("silent", "three"), "silent") == "three",
    )


def _size(raw: Any) -> float:
    if not is_number(raw):
        raise OptionError(f"option 'units': {raw!r} is not a number")
    return float(raw)


def _bound(bounds: Mapping[str, Any], name: str) -> float | None:
    raw = bounds.get(name)
    if raw is None:
        return None
    if not is_number(raw):
        raise OptionError(f"option 'true': {name} must be a number")
    return float(raw)
