"""All alternatives of all patterns at once: which of them can match in a text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from compliance.needs import Needs, grams_of
from compliance.pattern import Branch, Pattern


class PatternIndex:
    """Finds the live alternatives of all patterns in one pass over the grams of a text.

    Each alternative is filed under its rarest need; `sample` are texts that show how common grams are.
    """

    def __init__(self, patterns: Iterable[Pattern], sample: Iterable[str]) -> None:
        self._common = Counter(gram for text in sample for gram in grams_of(text))
        self._always: set[Branch] = set()
        self._filed: defaultdict[str, list[tuple[Branch, Needs]]] = defaultdict(list)
        for branch in {branch for pattern in patterns for branch in pattern.branches}:
            self._file(branch)

    def live(self, grams: frozenset[str]) -> frozenset[Branch]:
        """The alternatives that can match in a text of these grams."""
        found = set(self._always)
        for gram in grams & self._filed.keys():
            for branch, rest in self._filed[gram]:
                for need in rest:
                    if need.isdisjoint(grams):
                        break
                else:
                    found.add(branch)
        return frozenset(found)

    def _file(self, branch: Branch) -> None:
        if not branch.needs:
            self._always.add(branch)
            return
        needs = sorted(branch.needs, key=self._frequency)
        for gram in needs[0]:
            self._filed[gram].append((branch, tuple(needs[1:])))

    def _frequency(self, need: frozenset[str]) -> int:
        return sum(self._common[gram] for gram in need)
