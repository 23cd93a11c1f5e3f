"""Making probabilities mean what they say: a power of them, found on lines that were held out.

Guo et al., On Calibration of Modern Neural Networks, 2017: a power of the probabilities is a temperature of the scores.
The power grows with the clauses of a message: joining their readings (`pooling.py`) leaves a flat row.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from bot.linear_model import Floats

LEAST = 30
"""Held-out lines; with fewer, probabilities stay as they are."""
_TINY = 1e-9
_BOUNDS = (0.2, 5.0)
_PULL = 1e-4
"""Draws the growth to none where the lines do not tell."""


@dataclass(frozen=True)
class Calibration:
    """A power above 1 makes the classes surer, below 1 less sure; their order stays.

    It is `power` for a message of one clause, and times the number of clauses to the `growth`. Where classes are made
    of parts (intents of topics), each part keeps its share of its class.
    """

    power: float = 1.0
    growth: float = 0.0

    @classmethod
    def fit(cls, rows: Floats, labels: Sequence[int], clauses: Sequence[int]) -> Calibration:
        """What makes `labels` (n,) likeliest by the probabilities `rows` (n, classes) of messages of `clauses` (n,)."""
        if len(labels) < LEAST:
            return cls()
        scores = np.log(np.maximum(rows, _TINY))
        right = np.arange(len(labels)), np.asarray(labels)
        counts = np.asarray(clauses, dtype=np.float64)

        def surprise(found: NDArray[np.float64]) -> float:
            scaled = _powers(float(np.exp(found[0])), float(found[1]), counts)[:, None] * scores
            return float(np.mean(np.log(np.exp(scaled).sum(axis=1)) - scaled[right]) + _PULL * found[1] ** 2)

        logarithm, growth = minimize(surprise, [0.0, 0.0], method="Nelder-Mead").x
        return cls(round(float(np.exp(logarithm)), 4), round(float(growth), 4))

    def apply(self, row: Floats, classes: NDArray[np.intp], clauses: int = 1) -> Floats:
        """The probabilities of parts (parts,) of a message of so many clauses, made surer or less so.

        `classes` (parts,) numbers the class of each part.
        """
        sums = np.maximum(sums_of(row[None], classes)[0], _TINY)
        powers = sums ** _powers(self.power, self.growth, np.array([float(clauses)]))[0]
        result: Floats = row * (powers / powers.sum() / sums)[classes]
        return result


def _powers(power: float, growth: float, clauses: NDArray[np.float64]) -> NDArray[np.float64]:
    """The power for each message (n,)."""
    return np.clip(power * np.maximum(clauses, 1.0) ** growth, *_BOUNDS)


def sums_of(rows: Floats, classes: NDArray[np.intp]) -> Floats:
    """The probabilities of classes (n, classes) as the sums of their parts (n, parts)."""
    sums = np.zeros((len(rows), int(classes.max()) + 1), dtype=np.float64)
    for part, number in enumerate(classes):
        sums[:, number] += rows[:, part]
    return sums
