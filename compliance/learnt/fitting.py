"""Fitting the two linear models of the learnt check, in time that grows with the lines and not with their square.

Both are kernel models over the inner products of lines, which are never written down as a whole. The rule is fitted by
least squares on the products with some lines only (Williams and Seeger, Using the Nyström Method to Speed Up Kernel
Machines, 2001), the breach by Newton steps in which each product is a walk through the features and back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import linalg  # type: ignore[import-untyped]
from scipy.sparse.linalg import LinearOperator, cg  # type: ignore[import-untyped]

from learning.rows import Rows
from learning.vocabulary import Floats

LANDMARKS = 5000
"""Lines that the rule is fitted on the products with; with fewer lines all of them."""

_SEED = 7
_STEPS = 6
"""Newton steps; more change nothing."""
_LEAST_VARIANCE = 1e-3
_TOLERANCE = 0.03
"""How near a Newton step is solved, as a share of what is wanted; nearer changes no figure."""
_MOST_ROUNDS = 200
_JITTERS = (1e-6, 1e-5, 1e-4, 1e-3)
"""Added to the diagonal, as shares of it, the first that does: nearly equal lines would leave nothing to solve."""


def rule_weights(rows: Rows, labels: Floats, ridge: float) -> Floats:
    """The weight (lines, rules) of each line in a least-squares fit of `labels` (lines, rules); 0 off the landmarks."""
    chosen = np.sort(np.random.default_rng(_SEED).permutation(len(rows))[:LANDMARKS])
    products = rows.products(rows[chosen])
    wanted = products.T @ labels
    matrix = (products.T @ products + ridge * products[chosen]).astype(np.float64)
    weights = np.zeros(labels.shape, dtype=np.float32)
    weights[chosen] = linalg.cho_solve(_factor(matrix), wanted, check_finite=False)
    return weights


def _factor(matrix: NDArray[np.float64]) -> tuple[NDArray[np.float64], bool]:
    """The Cholesky factor of a matrix of products, with as little on its diagonal as makes it positive definite.

    Raises LinAlgError when nothing of `_JITTERS` does.
    """
    places = np.diag_indices(len(matrix))
    diagonal = matrix[places].copy()
    for jitter in _JITTERS:
        matrix[places] = diagonal + jitter * diagonal.mean()
        with suppress(linalg.LinAlgError):
            factor: tuple[NDArray[np.float64], bool] = linalg.cho_factor(matrix, check_finite=False)
            return factor
    raise linalg.LinAlgError("no positive definite matrix of products")


def breach_weights(rows: Rows, rule: NDArray[np.intp], breach: NDArray[np.bool_], own: float, ridge: float) -> Floats:
    """The weight (lines,) of each line in a logistic regression with an L2 penalty `ridge`.

    Two lines count for each other by their inner product, and `own` times more where they are about the same `rule`
    (lines,). Newton steps, each solved by conjugate gradients from where the last one ended.
    """
    order = np.argsort(rule, kind="stable")
    product = _shared_and_own(rows[order], _runs(rule[order]), own)
    squares = (1.0 + own) * rows[order].squares()
    labels = breach[order]
    weights = np.zeros(len(rows), dtype=np.float32)
    for _ in range(_STEPS):
        scores = product(weights)
        chances = 1.0 / (1.0 + np.exp(-scores))
        variance = np.maximum(chances * (1.0 - chances), _LEAST_VARIANCE)
        wanted = (scores + (labels - chances) / variance).astype(np.float32)
        weights = _solved(product, squares, (ridge / variance).astype(np.float32), wanted, weights)
    placed = np.empty_like(weights)
    placed[order] = weights
    return placed


def _shared_and_own(rows: Rows, runs: Sequence[slice], own: float) -> Callable[[Floats], Floats]:
    """The product of all lines, and of each run of lines about one rule among themselves."""
    shared = rows.product()
    parts = [(run, rows[run].product()) for run in runs]

    def applied(weights: Floats) -> Floats:
        result = shared(weights)
        for run, part in parts:
            result[run] += own * part(weights[run])
        return result.astype(np.float32, copy=False)

    return applied


def _runs(sorted_numbers: NDArray[np.intp]) -> list[slice]:
    """Where equal numbers stand side by side."""
    cuts = np.flatnonzero(np.diff(sorted_numbers)) + 1
    edges = [0, *cuts.tolist(), len(sorted_numbers)]
    return [slice(start, end) for start, end in pairwise(edges)]


def _solved(
    product: Callable[[Floats], Floats], squares: Floats, ridge: Floats, wanted: Floats, start: Floats
) -> Floats:
    """x with (products + diag(ridge)) x = wanted, nearly; all (lines,), `squares` the diagonal of the products."""
    scale = 1.0 / (squares + ridge)
    size = len(wanted)
    system = LinearOperator((size, size), matvec=lambda weights: product(weights) + ridge * weights, dtype=np.float32)
    scaled = LinearOperator((size, size), matvec=lambda weights: scale * weights, dtype=np.float32)
    found, _ = cg(system, wanted, x0=start, rtol=_TOLERANCE, maxiter=_MOST_ROUNDS, M=scaled)
    result: Floats = found.astype(np.float32)
    return result
