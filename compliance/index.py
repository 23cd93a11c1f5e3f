"""All alternatives of all patterns at once: which of them can match in a text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from compliance.needs import Needs
from compliance.pattern import Branch, Pattern

_Place = tuple[Pattern, int]
"""A pattern that has an alternative, and the alternative's place among its others."""


class PatternIndex:
    """Finds the live alternatives of every pattern in one pass over the characters of a text.

    Each alternative is filed under its rarest need; `sample` are texts that show how common characters are.
    """

    def __init__(self, patterns: Iterable[Pattern], sample: Iterable[str]) -> None:
        self._common = Counter(character for text in sample for character in set(text))
        self._always: list[Branch] = []
        self._filed: defaultdict[str, list[tuple[Branch, Needs]]] = defaultdict(list)
        self._holders: defaultdict[Branch, list[_Place]] = defaultdict(list)
        for pattern in dict.fromkeys(patterns):
            for place, branch in enumerate(pattern.branches):
                self._holders[branch].append((pattern, place))
        for branch in self._holders:
            self._file(branch)

    def live(self, characters: frozenset[str]) -> Mapping[Pattern, list[int]]:
        """For each pattern the places of the alternatives that can match in a text of these characters.

        A pattern that is not there has none.
        """
        found: dict[Pattern, list[int]] = {}
        for branch in self._possible(characters):
            for pattern, place in self._holders[branch]:
                if pattern in found:
                    found[pattern].append(place)
                else:
                    found[pattern] = [place]
        return found

    def _possible(self, characters: frozenset[str]) -> set[Branch]:
        possible = set(self._always)
        for character in characters & self._filed.keys():
            for branch, rest in self._filed[character]:
                for need in rest:
                    if need.isdisjoint(characters):
                        break
                else:
                    possible.add(branch)
        return possible

    def _file(self, branch: Branch) -> None:
        if not branch.needs:
            self._always.append(branch)
            return
        needs = sorted(branch.needs, key=self._frequency)
        for character in needs[0]:
            self._filed[character].append((branch, tuple(needs[1:])))

    def _frequency(self, need: frozenset[str]) -> int:
        return sum(self._common[character] for character in need)
