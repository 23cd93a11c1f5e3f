"""Text as a rule reads it: what people do to hide a word is undone, every character keeps its origin."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache

from compliance.numerals import NUMERAL, to_digits
from compliance.spellings import SEPARATOR, spelling_pattern
from contracts.text import NormalText
from contracts.text import normalise as plain

_SHORT = 3
"""A piece between separators that has fewer characters than this is a torn word, not a phrase."""

_HARD = re.compile(r"[,。!?;:~、()\[\]{}\"“”]")
_GAP = re.compile(rf"(?:{SEPARATOR}){{1,200}}")
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
}


def normalise(text: str) -> NormalText:
    """The text for checking; spans found in it lead back to `text`. Any string is accepted."""
    parts = [_fold(character) for character in text]
    folded = "".join(parts)
    if len(folded) == len(parts) and all(parts):
        origins: tuple[int, ...] = tuple(range(len(parts)))
    else:
        origins = tuple(place for place, part in enumerate(parts) for _ in part)
    reading = _close_gaps(_respell(NormalText(text, folded, origins)))
    return _substitute(reading, NUMERAL, to_digits)


@lru_cache(maxsize=65_536)
def _fold(character: str) -> str:
    """A character made plain: half width, lower case, simplified, symbols that stand for a letter spelt out."""
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


def _close_gaps(reading: NormalText) -> NormalText:
    """Separators inside a torn word vanish; between phrases they become a comma (a new line: a stop)."""
    text = reading.text
    if _GAP.search(text) is None:
        return reading
    parts: list[tuple[str, int]] = []
    for kind, start, end in _pieces(text):
        if kind == "text":
            parts.extend((text[place], reading.origins[place]) for place in range(start, end))
            continue
        mark = _boundary(reading, start, end)
        if mark:
            parts.append((mark, reading.origins[start]))
    return NormalText(reading.original, "".join(part for part, _ in parts), tuple(origin for _, origin in parts))


def _pieces(text: str) -> Iterator[tuple[str, int, int]]:
    place = 0
    for gap in _GAP.finditer(text):
        if gap.start() > place:
            yield "text", place, gap.start()
        yield "gap", gap.start(), gap.end()
        place = gap.end()
    if place < len(text):
        yield "text", place, len(text)


def _boundary(reading: NormalText, start: int, end: int) -> str:
    """What stands for the separators text[start:end]: nothing, themselves, a comma or a stop."""
    text = reading.text
    if any(reading.original[reading.origins[place]] in "\n\r\u2028" for place in range(start, end)):
        return "。"
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    if _plain_word(before) and _plain_word(after):
        if _reach(text, start - 1, -1) == 1 and _reach(text, end, 1) == 1:
            return ""
        return text[start] if end - start == 1 and text[start] in ".-_~" else " "
    if "~" in text[start:end] or "…" in text[start:end] or end - start >= _SHORT:
        return ","
    left, right = _reach(text, start - 1, -1), _reach(text, end, 1)
    return "," if left >= _SHORT and right >= _SHORT else ""


def _plain_word(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _reach(text: str, place: int, step: int) -> int:
    """How many characters (at most _SHORT) stand between `place` and the next separator or punctuation."""
    count = 0
    while 0 <= place < len(text) and count < _SHORT:
        if _HARD.match(text[place]) or _GAP.match(text[place]):
            break
        count += 1
        place += step
    return count


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
