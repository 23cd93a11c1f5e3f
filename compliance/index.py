"""All alternatives of all patterns at once: which of them can match in a text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from compliance.needs import Needs
from compliance.pattern import Branch, Pattern


class PatternIndex:
    """Finds the live alternatives of all patterns in one pass over the characters of a text.

    Each alternative is filed under its rarest need; `sample` are texts that show how common characters are.
    """

    def __init__(self, patterns: Iterable[Pattern], sample: Iterable[str]) -> None:
        self._common = Counter(character for text in sample for character in set(text))
        self._always: set[Branch] = set()
        self._filed: defaultdict[str, list[tuple[Branch, Needs]]] = defaultdict(list)
        for branch in {branch for pattern in patterns for branch in pattern.branches}:
            self._file(branch)

    def live(self, characters: frozenset[str]) -> frozenset[Branch]:
        """The alternatives that can match in a text of these characters."""
        found = set(self._always)
        for character in characters & self._filed.keys():
            for branch, rest in self._filed[character]:
                for need in rest:
                    if need.isdisjoint(characters):
                        break
                else:
                    found.add(branch)
        return frozenset(found)

    def _file(self, branch: Branch) -> None:
        if not branch.needs:
            self._always.add(branch)
            return
        needs = sorted(branch.needs, key=self._frequency)
        for character in needs[0]:
            self._filed[character].append((branch, tuple(needs[1:])))

    def _frequency(self, need: frozenset[str]) -> int:
        return sum(self._common[character] for character in need)
