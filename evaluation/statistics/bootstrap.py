"""How sure a value is: the bootstrap over dialogues.

Turns of one dialogue are alike, so dialogues are what is drawn: as many as there are, with repetition, `TIMES` over.
The interval is the percentile one (Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from evaluation.statistics.values import Floats, Ints, Value

TIMES = 1000
SEED = 20261125
LEVEL = 0.95

_CELLS = 4_000_000
"""Counts that are held at once."""

_COLUMNS = 64
"""Means that are drawn together."""

_LEAST_DEFINED = 0.9
"""Share of the draws in which a value must exist for an interval to be given."""


@dataclass(frozen=True)
class Interval:
    """Where the value lies, with probability `LEVEL`."""

    low: float
    high: float


class Draws:
    """Draws of `groups` dialogues, the same ones for whoever asks: figures and runs can be compared draw by draw."""

    def __init__(self, groups: int, times: int = TIMES, seed: int = SEED) -> None:
        self.groups = groups
        self.times = times
        self._seed = seed

    def counts(self) -> Iterator[Floats]:
        """How often each dialogue was drawn, in pieces (m, groups); the pieces have `times` rows together."""
        random = np.random.default_rng(self._seed)
        piece = max(1, _CELLS // max(1, self.groups))
        for start in range(0, self.times, piece):
            rows = [
                np.bincount(random.integers(0, self.groups, self.groups), minlength=self.groups)
                for _ in range(min(piece, self.times - start))
            ]
            yield np.array(rows, dtype=np.float64)

    def of(self, value: Value, groups: Ints) -> Floats:
        """The value in each draw (times,); `groups` (n,) is the dialogue of each row, by number."""
        return self.of_several([(value, groups)])[:, 0]

    def of_several(self, values: Sequence[tuple[Value, Ints]]) -> Floats:
        """Several values in each draw (times, k), each with the dialogues of its rows; what is drawn is drawn once."""
        found = [[value.at(counts[groups]) for value, groups in values] for piece in self.counts() for counts in piece]
        return np.array(found, dtype=np.float64).reshape(self.times, len(values))

    def of_means(self, sums: Floats, sizes: Floats) -> Floats:
        """Several means in each draw (times, k), from sums and sizes of each dialogue (groups, k); nan for no case."""
        found = []
        for piece in self.counts():
            rows = np.empty((len(piece), sums.shape[1]))
            for start in range(0, sums.shape[1], _COLUMNS):
                columns = slice(start, start + _COLUMNS)
                with np.errstate(invalid="ignore", divide="ignore"):
                    rows[:, columns] = (piece @ sums[:, columns]) / (piece @ sizes[:, columns])
            found.append(rows)
        return np.concatenate(found)


def interval(drawn: Floats) -> Interval | None:
    """The percentile interval of a value's draws (times,), None where it is undefined in too many of them."""
    defined = drawn[~np.isnan(drawn)]
    if len(defined) < _LEAST_DEFINED * len(drawn) or not len(defined):
        return None
    low, high = np.quantile(defined, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Interval(float(low), float(high))
