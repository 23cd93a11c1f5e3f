"""Which suggestions answer which line, and how long it took."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from evaluation.load.notes import Acknowledged, Notes, Ready


@dataclass(frozen=True)
class Spread:
    """Percentiles of times in milliseconds over `count` of them; all 0 when there are none."""

    count: int
    p50: float
    p95: float
    p99: float
    most: float


def spread(seconds: Iterable[float]) -> Spread:
    """The percentiles of times given in seconds."""
    values = [1000 * value for value in seconds]
    if not values:
        return Spread(0, 0.0, 0.0, 0.0, 0.0)
    middle, high, highest = np.percentile(values, [50, 95, 99])
    return Spread(len(values), *(round(float(value), 1) for value in (middle, high, highest, max(values))))


def latest_ready(notes: Notes, line: str) -> Ready | None:
    """The first suggestions that cover a line: its own, or those of a later line of the same conversation.

    Lines that a buyer writes while nobody has begun with the first are answered together, with the last of them.
    """
    known = notes.acknowledged.get(line)
    if known is None:
        return None
    place = notes.places.get(known.message)
    if place is None:
        return None
    later = (item for item in notes.talks.get(known.conversation, ()) if notes.places.get(item.message, 0) >= place)
    return min(later, key=lambda item: item.number, default=None)


def waits(notes: Notes, lines: Sequence[str]) -> tuple[list[float], list[Acknowledged]]:
    """Seconds from the webhook's answer to the first panel that shows suggestions, and the lines that never got any."""
    found, missing = [], []
    for line in lines:
        known = notes.acknowledged.get(line)
        if known is None:
            continue
        ready = latest_ready(notes, line)
        if ready is None:
            missing.append(known)
        else:
            found.append(max(0.0, ready.seen_at - known.answered_at))
    return found, missing
