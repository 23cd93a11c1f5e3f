"""Text as a rule reads it: what people do to hide a word is undone, every character keeps its origin."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from compliance.gaps import close_gaps
from compliance.numerals import NUMERAL, to_digits
from compliance.spellings import spelling_pattern
from contracts.text import NormalText
from contracts.text import normalise as plain

_SYMBOLS = {
    "【": "[",
    "】": "]",
    "“": "",
    "”": "",
    '"': "",
    "‘": "",
    "’": "",
    "「": "",
    "」": "",
    "《": "",
    "》": "",
    "➕": "加",
    "🅥": "v",
    "🆅": "v",
    "🅠": "q",
    "🆀": "q",
    "❌": "不",
    "〇": "零",
    **dict.fromkeys("\n\r\u2028\u2029", "\n"),
}


def normalise(text: str) -> NormalText:
    """The text for checking; spans found in it lead back to `text`. Any string is accepted."""
    parts = [_fold(character) for character in text]
    folded = "".join(parts)
    if len(folded) == len(parts) and all(parts):
        origins: tuple[int, ...] = tuple(range(len(parts)))
    else:
        origins = tuple(place for place, part in enumerate(parts) for _ in part)
    spelt = _respell(NormalText(text, folded, origins))
    closed = close_gaps(spelt)
    return _substitute(closed if closed is spelt else _respell(closed), NUMERAL, to_digits)


@lru_cache(maxsize=65_536)
def _fold(character: str) -> str:
    """A character made plain: half width, lower case, simplified, symbols that stand for a letter spelt out.

    Of all white space only line breaks are not a space.
    """
    if character in _SYMBOLS:
        return _SYMBOLS[character]
    return "".join(
        part for part in plain(character).text if part.isascii() or unicodedata.category(part) not in ("Mn", "Me")
    )


def _respell(reading: NormalText) -> NormalText:
    pattern, words = spelling_pattern()

    def word(match: re.Match[str]) -> str:
        return words[(match.lastindex or 1) - 1]

    return _substitute(reading, pattern, word)


def _substitute(reading: NormalText, pattern: re.Pattern[str], word: Callable[[re.Match[str]], str]) -> NormalText:
    """Every match replaced by `word(match)`; its characters share the span of the match."""
    parts: list[str] = []
    origins: list[int] = []
    place = 0
    for match in pattern.finditer(reading.text):
        parts.append(reading.text[place : match.start()])
        origins.extend(reading.origins[place : match.start()])
        replacement = word(match)
        parts.append(replacement)
        origins.extend(_spread(reading.origins[match.start() : match.end()], len(replacement)))
        place = match.end()
    if not place:
        return reading
    parts.append(reading.text[place:])
    origins.extend(reading.origins[place:])
    return NormalText(reading.original, "".join(parts), tuple(origins))


def _spread(origins: tuple[int, ...], count: int) -> list[int]:
    """`count` origins that start and end where `origins` do."""
    if count == len(origins):
        return list(origins)
    if count == 1:
        return [origins[0]]
    last = len(origins) - 1
    return [origins[round(index * last / (count - 1))] for index in range(count)]
