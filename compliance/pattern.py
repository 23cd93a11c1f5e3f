"""Several alternatives as one pattern, each searched only in texts that hold what it needs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from compliance.needs import Needs, branches, needs

if TYPE_CHECKING:
    from compliance.reading import Reading, Span

_MOST_MATCHES = 200
"""Matches of one alternative looked at in one text."""


@dataclass(frozen=True, eq=False)
class Branch:
    """An alternative and what every text it matches must hold. Compared by identity."""

    regex: re.Pattern[str]
    needs: Needs

    def possible(self, grams: frozenset[str]) -> bool:
        """Whether a text of these grams (`needs.grams_of`) can match at all."""
        return not any(need.isdisjoint(grams) for need in self.needs)

    def spans(self, text: str) -> tuple[Span, ...]:
        """Where it matches in a text, overlapping matches included, up to _MOST_MATCHES of them."""
        found: list[Span] = []
        place = 0
        while len(found) < _MOST_MATCHES and (match := self.regex.search(text, place)):
            found.append(match.span())
            place = match.start() + 1
        return tuple(found)


Live = Sequence[Branch]
"""Alternatives of a pattern that can match in a text."""


@dataclass(frozen=True, eq=False)
class Pattern:
    """The alternatives of a list of patterns. Compared by identity, so that readings can remember it."""

    branches: tuple[Branch, ...]

    @classmethod
    def compile(cls, sources: Sequence[str]) -> Pattern:
        """The pattern that matches where any of `sources` does. Raises re.error."""
        return cls(tuple(_branch(part) for source in sources for part in branches(source)))

    def found(self, reading: Reading, start: int = 0, end: int | None = None) -> bool:
        """Whether an alternative matches within text[start:end]."""
        stop = len(reading.text) if end is None else end
        return any(branch.regex.search(reading.text, start, stop) for branch in reading.live(self))

    def begins(self, reading: Reading, start: int, end: int) -> bool:
        """Whether an alternative matches at the beginning of text[start:end]."""
        return any(branch.regex.match(reading.text, start, end) for branch in reading.live(self))

    def spans(self, reading: Reading) -> tuple[Span, ...]:
        """Where the alternatives match, overlapping ones included, from left to right, longer ones first; kept."""
        known = reading.matches
        if self not in known:
            found = set().union(*(reading.places(branch) for branch in reading.live(self)))
            known[self] = tuple(sorted(found, key=_from_left)) if len(found) > 1 else tuple(found)
        return known[self]


@lru_cache(maxsize=16_384)
def _branch(source: str) -> Branch:
    """The alternative; patterns that share one share the object."""
    return Branch(re.compile(source), needs(source))


def _from_left(span: Span) -> Span:
    return span[0], -span[1]
