"""What the morning must do in a conversation: point by point, each with the buyer's words that it is about."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

QUOTED = 160
"""Characters of a buyer's line that a point quotes: two order numbers and a story."""
_GLANCE = 40
"""Characters of a buyer's words where many stand in one line."""


@dataclass(frozen=True)
class Point:
    """What it is about, what is to be done, and the lines of the buyer, each shown up to `QUOTED` characters."""

    about: str
    lead: str
    words: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The point as people read it."""
        return self.lead + "".join(f"“{short(words, QUOTED)}”" for words in self.words)


Points = tuple[Point, ...]


def added(points: Points, point: Point) -> Points:
    """With the point among those about the same, which come last now; one to be done in the same way gets its words."""
    same = [one for one in points if one.about == point.about]
    known = next((one for one in same if one.lead == point.lead), None)
    if known is None:
        same.append(point)
    else:
        fresh = tuple(words for words in point.words if words not in known.words)
        same[same.index(known)] = replace(known, words=(*known.words, *fresh))
    return (*(one for one in points if one.about != point.about), *same)


def settled(points: Points, abouts: Iterable[str], done: Callable[[str], bool]) -> Points:
    """Without those words of the points about one of these that are `done`; a point that had only such is gone."""
    kept = []
    for point in points:
        left = tuple(words for words in point.words if not done(words)) if point.about in abouts else point.words
        if left or not point.words:
            kept.append(replace(point, words=left))
    return tuple(kept)


def texts(points: Points) -> tuple[str, ...]:
    """A line for each matter, in the order in which they were last spoken of."""
    lines: dict[str, list[str]] = {}
    for point in points:
        lines.setdefault(point.about, []).append(point.text)
    return tuple("；".join(parts) for parts in lines.values())


def short(words: str, most: int = _GLANCE) -> str:
    """A buyer's words, cut to what one line holds."""
    return words if len(words) <= most else words[: most - 1] + "…"
