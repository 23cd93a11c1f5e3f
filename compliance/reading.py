"""A normalised text cut into the units that a claim lives in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from compliance.index import PatternIndex, Possible
from compliance.needs import grams_of
from compliance.normalise import normalise
from compliance.pattern import Branch, Live, Pattern
from contracts.text import NormalText

Span = tuple[int, int]

LONGEST_UNIT = 120
"""A stretch without punctuation is cut after this many characters, so that work stays linear."""

_BREAK = re.compile(r"[,;:()~\[\]]|[。!?]|\.(?![a-z0-9])|—|…")
_STOPS = "。!?."


@dataclass(frozen=True)
class Unit:
    """A clause between punctuation marks: text[start:end], the mark after it, and the sentence it belongs to."""

    start: int
    end: int
    mark: str
    sentence: int


@dataclass(frozen=True, eq=False)
class Reading:
    """A text as the checks see it; with an index, only the patterns of that index are looked for.

    Each reading is itself only, so that what was worked out for it can be kept beside it.

    `stated` characters at the beginning may stand for a bare answer (是的) and not be what was written;
    `anchor` is the span of that answer in the original, and findings among them point there.
    """

    normal: NormalText
    units: tuple[Unit, ...]
    index: PatternIndex | None = None
    stated: int = 0
    anchor: Span = (0, 0)

    @property
    def text(self) -> str:
        return self.normal.text

    @cached_property
    def _grams(self) -> frozenset[str]:
        return grams_of(self.normal.text)

    @cached_property
    def _sentences(self) -> dict[int, Span]:
        found: dict[int, Span] = {}
        for unit in self.units:
            start, _ = found.get(unit.sentence, (unit.start, unit.end))
            found[unit.sentence] = start, unit.end
        return found

    @cached_property
    def possible(self) -> Possible | None:
        """What of the index can match in this text; None without an index."""
        return None if self.index is None else self.index.possible(self.text)

    @cached_property
    def matches(self) -> dict[Pattern, tuple[Span, ...]]:
        """Where patterns match, as far as somebody has asked."""
        return {}

    @cached_property
    def worth(self) -> dict[object, frozenset[int]]:
        """For each set of checks that has been asked for the places of those that something in this text concerns."""
        return {}

    @cached_property
    def _live(self) -> dict[Pattern, Live]:
        return {}

    @cached_property
    def _places(self) -> dict[Branch, tuple[Span, ...]]:
        return {}

    def live(self, pattern: Pattern) -> Live:
        """The alternatives of a pattern that can match in this text, in its order; worked out once."""
        known = self._live
        if pattern not in known:
            possible = self.possible
            if possible is not None:
                known[pattern] = possible.live(pattern)
            else:
                known[pattern] = [branch for branch in pattern.branches if branch.possible(self._grams)]
        return known[pattern]

    def places(self, branch: Branch) -> tuple[Span, ...]:
        """Where an alternative matches; searched once, however many patterns share it."""
        known = self._places
        if branch not in known:
            known[branch] = branch.spans(self.text)
        return known[branch]

    def span(self, start: int, end: int) -> Span:
        """The span of the original text behind text[start:end]."""
        return self.anchor if start < self.stated else self.normal.span(start, end)

    def unit_at(self, place: int) -> int:
        """The index of the unit that holds a character (a mark belongs to the unit before it)."""
        low, high = 0, len(self.units) - 1
        while low < high:
            middle = (low + high + 1) // 2
            if self.units[middle].start <= place:
                low = middle
            else:
                high = middle - 1
        return low

    def words(self, index: int) -> str:
        """The text of a unit; empty when there is no such unit."""
        if not 0 <= index < len(self.units):
            return ""
        unit = self.units[index]
        return self.text[unit.start : unit.end]

    def same_sentence(self, index: int, other: int) -> bool:
        """Whether there is a unit `other` and it stands in the sentence of unit `index`."""
        return 0 <= other < len(self.units) and self.units[other].sentence == self.units[index].sentence

    def sentence(self, index: int) -> Span:
        """The span of the sentence that a unit belongs to."""
        return self._sentences[self.units[index].sentence]

    def around(self, span: Span) -> str:
        """The sentences that a span of the original text touches, as they were typed; the text when it touches none."""
        places = (self.span(start, end) for start, end in self._sentences.values())
        touched = [place for place in places if place[0] < span[1] and span[0] < place[1]]
        if not touched or len(touched) == len(self._sentences):
            return self.normal.original
        return self.normal.original[min(start for start, _ in touched) : max(end for _, end in touched)]


def read(text: str, index: PatternIndex | None = None) -> Reading:
    """The reading of a text as it was typed."""
    normal = normalise(text)
    return Reading(normal, _units(normal.text), index)


def restate(reading: Reading, index: int, statement: str) -> Reading:
    """The reading with unit `index`, a bare answer, replaced by the statement it amounts to; units before it go."""
    unit = reading.units[index]
    anchor = reading.normal.span(unit.start, unit.end)
    rest = reading.normal.text[unit.end :]
    text = statement + rest
    origins = (anchor[0],) * len(statement) + reading.normal.origins[unit.end :]
    return Reading(
        NormalText(reading.normal.original, text, origins), _units(text), reading.index, len(statement), anchor
    )


def _units(text: str) -> tuple[Unit, ...]:
    units: list[Unit] = []
    sentence = start = 0
    for match in _BREAK.finditer(text):
        if match.start() > start:
            units.extend(_pieces(start, match.start(), match[0], sentence))
        elif units:
            previous = units[-1]
            units[-1] = Unit(previous.start, previous.end, previous.mark + match[0], previous.sentence)
        if match[0] in _STOPS and units:
            sentence = units[-1].sentence + 1
        start = match.end()
    if start < len(text):
        units.extend(_pieces(start, len(text), "", sentence))
    return tuple(units)


def _pieces(start: int, end: int, mark: str, sentence: int) -> list[Unit]:
    cuts = [*range(start, end, LONGEST_UNIT), end]
    last = len(cuts) - 2
    return [
        Unit(left, right, mark if index == last else "", sentence) for index, (left, right) in enumerate(pairwise(cuts))
    ]
