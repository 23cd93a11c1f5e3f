"""The pieces that patterns are made of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.entities.reading import NUMBER, Reading

CJK = "\u4e00-\u9fff"
"""Inside a character class: any Chinese character."""

DIGITS = r"(?<![\d.])\d{1,9}(?:\.\d{1,3})?"
_NUMERALS = "零〇一二两三四五六七八九十百千万"
SPELT = f"(?<![{_NUMERALS}第])[一二两三四五六七八九十][{_NUMERALS}]{{0,7}}"
NUM = f"(?:{DIGITS}|{SPELT}|{NUMBER.character})"
"""A number in digits, in Chinese or masked. Bounded and begun only where a number begins: linear."""

SPAN = f"{NUM}(?: ?[-~到至] ?{NUM})?"
"""A number or a range of two."""

END = r"(?=$|[ ,。;:!?、~)\]])"
"""Nothing more is said in this breath."""


@dataclass(frozen=True)
class Candidate:
    """A possible entity at `reading.text[start:end]`; without a value it is worth what the buyer wrote there."""

    name: str
    start: int
    end: int
    value: str | None = None


Finder = Callable[[Reading], Iterator[Candidate]]
"""Finds the candidates of one family."""


@dataclass(frozen=True)
class Pattern:
    """Every match of the expression, or of its group `v`, is a candidate; `value` is given its folded text."""

    name: str
    expression: re.Pattern[str]
    value: Callable[[str], str] | None = None

    def __call__(self, reading: Reading) -> Iterator[Candidate]:
        named = "v" in self.expression.groupindex
        for match in self.expression.finditer(reading.text):
            group = "v" if named and match.start("v") >= 0 else 0
            start, end = match.span(group)
            yield Candidate(self.name, start, end, self.value(match.group(group)) if self.value else None)


def compiled(expression: str) -> re.Pattern[str]:
    """The expression with \\d and \\w meaning ASCII: other scripts' digits are no order numbers."""
    return re.compile(expression, re.ASCII)


def compact(text: str) -> str:
    """A code as systems write it: capitals, no spaces."""
    return text.replace(" ", "").upper()


def together(*finders: Finder) -> Finder:
    """One finder out of several."""

    def find(reading: Reading) -> Iterator[Candidate]:
        for finder in finders:
            yield from finder(reading)

    return find
