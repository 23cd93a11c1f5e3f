"""The parts of a pattern: alternatives, and the atoms of each with how often they repeat.

Knows the regular expressions that clauses are written in; a pattern must have been compiled before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_KEPT = 32_768
"""Patterns whose parts are remembered: word classes stand in many of them."""

UNBOUNDED = 1000
"""What counts for a repeat without bound."""

_COUNT = re.compile(r"\{(\d*)(,?)(\d*)\}")
_NO_WIDTH = ("(?=", "(?!", "(?<=", "(?<!")
_MARKS = {"?": (0, 1), "*": (0, UNBOUNDED), "+": (1, UNBOUNDED)}


@dataclass(frozen=True)
class Atom:
    """A character, class, escape or group without its quantifier, and how often it stands: `least` to `most` times."""

    source: str
    least: int = 1
    most: int = 1

    @property
    def group(self) -> bool:
        return self.source.startswith("(")

    @property
    def no_width(self) -> bool:
        """Whether it only looks at what stands there."""
        return self.source.startswith(_NO_WIDTH)

    @property
    def body(self) -> str:
        """What stands inside a group, without its mark."""
        inner = self.source[1:-1]
        if self.no_width:
            return inner[3:] if inner.startswith("?<") else inner[2:]
        if inner.startswith("?:"):
            return inner[2:]
        return inner[inner.index(">") + 1 :] if inner.startswith("?P<") else inner


@lru_cache(_KEPT)
def alternatives(pattern: str) -> tuple[str, ...]:
    """The alternatives of a pattern at its own level."""
    parts: list[str] = []
    start = place = 0
    while place < len(pattern):
        if pattern[place] == "|":
            parts.append(pattern[start:place])
            start = place + 1
        place = _end(pattern, place)
    parts.append(pattern[start:])
    return tuple(parts)


@lru_cache(_KEPT)
def atoms(alternative: str) -> tuple[Atom, ...]:
    """The atoms of one alternative in order."""
    found: list[Atom] = []
    place = 0
    while place < len(alternative):
        end = _end(alternative, place)
        least, most, after = _repeat(alternative, end)
        found.append(Atom(alternative[place:end], least, most))
        place = after
    return tuple(found)


def enclosed(pattern: str) -> str | None:
    """The inside of a pattern that is one group (?:...) and nothing else."""
    if pattern.startswith("(?:") and _end(pattern, 0) == len(pattern):
        return pattern[3:-1]
    return None


def _repeat(pattern: str, place: int) -> tuple[int, int, int]:
    """How often what ends at `place` stands, and where its quantifier ends."""
    mark = pattern[place : place + 1]
    count = _COUNT.match(pattern, place)
    if mark in _MARKS and mark:
        (least, most), end = _MARKS[mark], place + 1
    elif count is not None:
        least = int(count[1] or 0)
        most = int(count[3] or UNBOUNDED) if count[2] else least
        end = count.end()
    else:
        return 1, 1, place
    return least, most, end + 1 if pattern[end : end + 1] == "?" else end


def _end(pattern: str, place: int) -> int:
    """Where the atom that begins at `place` ends (its quantifier not included)."""
    if pattern[place] == "\\":
        return place + 2
    if pattern[place] == "[":
        place += 2 if pattern[place + 1 : place + 2] == "]" else 1
        while pattern[place] != "]":
            place += 2 if pattern[place] == "\\" else 1
        return place + 1
    if pattern[place] == "(":
        place += 1
        while pattern[place] != ")":
            place = _end(pattern, place)
        return place + 1
    return place + 1
