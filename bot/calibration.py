"""Making probabilities mean what they say: one power for all of them, found on lines that were held out.

Guo et al., On Calibration of Modern Neural Networks, 2017: a power of the probabilities is a temperature of the scores.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

from bot.linear_model import Floats

LEAST = 30
"""Held-out lines; with fewer, probabilities stay as they are."""
_TINY = 1e-9
_BOUNDS = (0.2, 5.0)


@dataclass(frozen=True)
class Calibration:
    """A power above 1 makes the classes surer, below 1 less sure; their order stays.

    Where classes are made of parts (intents of topics), each part keeps its share of its class.
    """

    power: float = 1.0

    @classmethod
    def fit(cls, rows: Floats, labels: Sequence[int]) -> Calibration:
        """The power under which `labels` (n,) are likeliest by the probabilities `rows` (n, classes)."""
        if len(labels) < LEAST:
            return cls()
        scores = np.log(np.maximum(rows, _TINY))
        right = np.arange(len(labels)), np.asarray(labels)

        def surprise(power: float) -> float:
            scaled = power * scores
            return float(np.mean(np.log(np.exp(scaled).sum(axis=1)) - scaled[right]))

        return cls(round(float(minimize_scalar(surprise, bounds=_BOUNDS, method="bounded").x), 4))

    def apply(self, row: Floats, classes: NDArray[np.intp]) -> Floats:
        """The probabilities of parts (parts,), made surer or less so; `classes` (parts,) numbers the class of each."""
        sums = sums_of(row[None], classes)[0]
        powers = np.maximum(sums, _TINY) ** self.power
        result: Floats = row * (powers / powers.sum() / np.maximum(sums, _TINY))[classes]
        return result


def sums_of(rows: Floats, classes: NDArray[np.intp]) -> Floats:
    """The probabilities of classes (n, classes) as the sums of their parts (n, parts)."""
    sums = np.zeros((len(rows), int(classes.max()) + 1), dtype=np.float64)
    for part, number in enumerate(classes):
        sums[:, number] += rows[:, part]
    return sums
