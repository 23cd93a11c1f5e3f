"""Separators between characters (spaces, dots, emoji): within a torn word nothing, between phrases punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from compliance.phrases import ends_phrase
from compliance.spellings import SEPARATOR
from contracts.text import NormalText

_SHORT = 3
"""A piece between separators that has fewer characters than this is a torn word, not a phrase."""

_SCATTERED = 1.5
"""Characters of a piece, on average, below which a stretch is taken apart letter by letter."""

_FEW = 3
"""Pieces of a stretch from which their mean says something."""

_MANY = 5
"""The same for letters and digits, of which single ones are common (1 2天, 打 3.5 折)."""

_MARK = re.compile(rf"(?P<gap>(?:{SEPARATOR}|\n){{1,200}})|[,。!?;:、()\[\]{{}}\"“”]")
_UPRIGHT = re.compile(r"(?<![^\n])[^\n]\n(?=[^\n](?:\n|$))")
"""A line of one character before another: text written downwards."""

_PLAIN = re.compile("[a-z0-9]")
_MEANT = re.compile(r"[ .\-/~…*_]")
"""Separators that mean something between two digits: 2 3天 is two to three days, 6.5折 no 65."""


@dataclass(frozen=True)
class _Gap:
    """Separators text[start:end], the characters of the pieces beside it, and the mean of the pieces around."""

    start: int
    end: int
    left: int
    right: int
    pieces: int
    mean: float

    @property
    def torn(self) -> bool:
        """Whether the stretch is in pieces too short to be phrases."""
        return self.pieces >= _FEW and self.mean < _SHORT

    @property
    def scattered(self) -> bool:
        """Whether the stretch is in single characters."""
        return self.pieces >= _FEW and self.mean < _SCATTERED


def close_gaps(reading: NormalText) -> NormalText:
    """The reading with every row of separators gone, or a comma in its place (a new line: a stop)."""
    text = _UPRIGHT.sub(lambda match: f"{match[0][0]} ", reading.text)
    gaps = [gap for stretch in _stretches(text) for gap in _gaps(stretch)]
    if not gaps:
        return reading
    parts: list[str] = []
    origins: list[int] = []
    place = 0
    for gap in gaps:
        mark = _mark(text, gap)
        parts += (text[place : gap.start], mark)
        origins += reading.origins[place : gap.start]
        origins += [reading.origins[gap.start]] * len(mark)
        place = gap.end
    parts.append(text[place:])
    origins += reading.origins[place:]
    return NormalText(reading.original, "".join(parts), tuple(origins))


@dataclass(frozen=True)
class _Stretch:
    """The text between two punctuation marks or new lines: its separators, and where it starts and ends."""

    start: int
    end: int
    gaps: tuple[tuple[int, int], ...]


def _stretches(text: str) -> Iterator[_Stretch]:
    """The stretches that hold separators; a row of separators with a new line is a stretch of its own."""
    start = 0
    gaps: list[tuple[int, int]] = []
    for match in _MARK.finditer(text):
        if match["gap"] and "\n" not in match["gap"]:
            gaps.append(match.span())
            continue
        if gaps:
            yield _Stretch(start, match.start(), tuple(gaps))
        if match["gap"]:
            yield _Stretch(*match.span(), (match.span(),))
        start, gaps = match.end(), []
    if gaps:
        yield _Stretch(start, len(text), tuple(gaps))


def _gaps(stretch: _Stretch) -> Iterator[_Gap]:
    bounds = [stretch.start, *(edge for gap in stretch.gaps for edge in gap), stretch.end]
    lengths = [end - start for start, end in zip(bounds[::2], bounds[1::2], strict=True)]
    pieces = sum(length > 0 for length in lengths)
    mean = sum(lengths) / max(pieces, 1)
    for number, (start, end) in enumerate(stretch.gaps):
        yield _Gap(start, end, lengths[number], lengths[number + 1], pieces, mean)


def _mark(text: str, gap: _Gap) -> str:
    """What stands for the separators: nothing, themselves, a comma or a stop."""
    if "\n" in text[gap.start : gap.end]:
        return "。"
    before, after = text[max(0, gap.start - 1) : gap.start], text[gap.end : gap.end + 1]
    if _PLAIN.match(before) and _PLAIN.match(after):
        return _within_latin(text, gap)
    drawn = "~" in text[gap.start : gap.end] or "…" in text[gap.start : gap.end]
    if gap.scattered or (gap.torn and not drawn):
        return ""
    if drawn or gap.end - gap.start >= _SHORT:
        return ","
    return "," if gap.left >= _SHORT and gap.right >= _SHORT and ends_phrase(before, after) else ""


def _within_latin(text: str, gap: _Gap) -> str:
    """The same between two letters or digits: there a space or a dot may mean something."""
    between = text[gap.start : gap.end]
    if (gap.scattered and gap.pieces >= _MANY) or not _MEANT.search(between):
        return "." if "." in between[1:] else ""
    before, after = text[gap.start - 1], text[gap.end]
    single = not (_PLAIN.match(text[gap.start - 2 : gap.start - 1]) and _PLAIN.match(text[gap.end + 1 : gap.end + 2]))
    if before.isalpha() and after.isalpha() and single and "." not in between:
        return ""
    return between if gap.end - gap.start == 1 and between in ".-_~" else " "
