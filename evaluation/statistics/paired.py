"""Whether two runs over the same cases differ by more than chance."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from evaluation.statistics.values import Floats

CHANCE = 0.05
"""A difference that chance alone makes at least this often is no difference."""


def sign_test(better: int, worse: int) -> float:
    """How often chance alone makes so uneven a split, or one more uneven, of the cases that changed (two-sided).

    For cases that are right or wrong this is McNemar's test in its exact form (McNemar 1947; Agresti, Categorical Data
    Analysis, section 11.1).
    """
    from scipy.stats import binomtest  # type: ignore[import-untyped]  # slow to import, and most commands can spare it

    return float(binomtest(min(better, worse), better + worse, 0.5).pvalue) if better + worse else 1.0


def bootstrap_test(differences: Floats) -> float:
    """How often drawn differences (times,) lie on the other side of nought or on it: two-sided, at least 1/times."""
    drawn = differences[~np.isnan(differences)]
    if not len(drawn):
        return 1.0
    tail = min(float((drawn <= 0).mean()), float((drawn >= 0).mean()))
    return min(1.0, max(2 * tail, 1 / len(drawn)))


def holm(chances: Sequence[float]) -> list[float]:
    """The same probabilities, made larger for that many were looked at (Holm 1979), in their order."""
    order = sorted(range(len(chances)), key=lambda place: chances[place])
    adjusted, highest = [0.0] * len(chances), 0.0
    for rank, place in enumerate(order):
        highest = max(highest, min(1.0, chances[place] * (len(chances) - rank)))
        adjusted[place] = highest
    return adjusted
