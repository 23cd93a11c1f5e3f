"""All alternatives of all patterns at once: which of them can match in a text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from compliance.needs import MOST
from compliance.pattern import Branch, Live, Pattern

Numbers = NDArray[np.intp]

_CODE_BITS = 21
"""Bits of a character's code point."""


@dataclass(frozen=True, eq=False)
class Possible:
    """What of an index can match in a text.

    `members` are the places of its live alternatives in the row of all patterns' alternatives; those of pattern n are
    members[bounds[n] : bounds[n + 1]].
    """

    index: PatternIndex
    members: Sequence[int]
    bounds: Numbers

    @cached_property
    def _bounds(self) -> Sequence[int]:
        bounds: list[int] = self.bounds.tolist()
        return bounds

    def live(self, pattern: Pattern) -> Live:
        """The alternatives of a pattern that can match, in its order; none of a pattern that is not in the index."""
        number = self.index.numbers.get(pattern)
        if number is None:
            return ()
        start, end = self._bounds[number], self._bounds[number + 1]
        return list(map(self.index.members.__getitem__, self.members[start:end])) if start < end else []

    def among(self, numbers: Numbers) -> Sequence[int]:
        """The places in `numbers`, numbers of patterns, of those that can match."""
        places: list[int] = np.flatnonzero(self.bounds[numbers] < self.bounds[numbers + 1]).tolist()
        return places


class PatternIndex:
    """Finds the live alternatives of all patterns in one pass over the grams of a text (see `needs`).

    Each need has a number, which stands in the list of every gram that meets it; the lists lie in one row, in the order
    of the grams' codes. Need 0 is always met; it fills the places of alternatives that have fewer needs than others.
    """

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        known = tuple(dict.fromkeys(pattern for pattern in patterns if pattern.branches))
        self.numbers: Mapping[Pattern, int] = {pattern: number for number, pattern in enumerate(known)}
        places = {branch: place for place, branch in enumerate(_distinct(known))}
        needs = dict.fromkeys(need for branch in places for need in branch.needs)
        numbers = {need: number for number, need in enumerate(needs, start=1)}
        self._count = len(numbers) + 1
        self._codes, self._first, self._met = _met_by(numbers)
        self._needs = np.zeros((MOST, len(places)), dtype=np.intp)
        for branch, place in places.items():
            for row, need in enumerate(branch.needs):
                self._needs[row, place] = numbers[need]
        self.members = tuple(branch for pattern in known for branch in pattern.branches)
        self._members, self._starts = _in_a_row([[places[branch] for branch in pattern.branches] for pattern in known])

    def possible(self, text: str) -> Possible:
        """What can match in a text."""
        alive = np.zeros(self._needs.shape[1], dtype=np.bool_)
        alive[self._live(text)] = True
        members = np.flatnonzero(alive[self._members])
        return Possible(self, members.tolist(), np.searchsorted(members, self._starts))

    def _live(self, text: str) -> Numbers:
        """The places of the alternatives of which all needs are met."""
        met = np.zeros(self._count, dtype=np.bool_)
        met[self._needs_met(text)] = True
        met[0] = True
        first, *others = self._needs
        live = np.flatnonzero(met[first])
        for need in others:
            live = live[met[need[live]]]
        return live

    def _needs_met(self, text: str) -> Numbers:
        """The numbers of the needs that a text meets, some of them more than once."""
        codes = _codes(text)
        if not len(codes) or not len(self._codes):
            return self._met[:0]
        places = np.searchsorted(self._codes, codes)
        places[places == len(self._codes)] = 0
        grams = places[self._codes[places] == codes]
        counts = self._first[grams + 1] - self._first[grams]
        before = np.cumsum(counts) - counts
        met: Numbers = self._met[np.arange(int(counts.sum())) + np.repeat(self._first[grams] - before, counts)]
        return met


def _distinct(patterns: Iterable[Pattern]) -> Iterable[Branch]:
    return dict.fromkeys(branch for pattern in patterns for branch in pattern.branches)


def _met_by(numbers: Mapping[frozenset[str], int]) -> tuple[NDArray[np.int64], Numbers, Numbers]:
    """Codes of all grams in order; where the list of each begins, and of the last one ends; the lists in one row."""
    met: defaultdict[int, list[int]] = defaultdict(list)
    for need, number in numbers.items():
        for gram in need:
            met[_code(gram)].append(number)
    row, first = _in_a_row([met[code] for code in sorted(met)])
    return np.array(sorted(met), dtype=np.int64), first, row


def _in_a_row(lists: Collection[Sequence[int]]) -> tuple[Numbers, Numbers]:
    """Lists one after the other, and where each of them begins and the last one ends."""
    row = np.array([number for each in lists for number in each], dtype=np.intp)
    return row, np.cumsum([0, *map(len, lists)], dtype=np.intp)


def _code(gram: str) -> int:
    """The number of a character or of two side by side."""
    *before, last = map(ord, gram)
    return (before[0] << _CODE_BITS | last) if before else last


def _codes(text: str) -> NDArray[np.int64]:
    """The numbers of all characters of a text and of its pairs of neighbours."""
    characters = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.int64)
    return np.concatenate([characters, characters[:-1] << _CODE_BITS | characters[1:]])
