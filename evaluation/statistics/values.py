"""Values of a sample whose rows weigh differently.

A bootstrap draws dialogues with repetition: a dialogue drawn twice makes its rows weigh 2. So everything here takes
weights (n,), and is not a number (nan) where nothing that weighs is there to measure. scikit-learn has some of these;
a thousand draws of each are wanted, for which its checks of arguments take too long. The tests hold them against it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

BINS = 10
"""Of equal width, over confidences 0..1."""


class Value(Protocol):
    """A number that a sample has."""

    def at(self, weights: Floats) -> float:
        """The number, when the rows weigh so (n,)."""
        ...


@dataclass(frozen=True)
class Mean:
    """The mean of `scores` (n,)."""

    scores: Floats

    def at(self, weights: Floats) -> float:
        total = float(weights.sum())
        return float(weights @ self.scores) / total if total else float("nan")


@dataclass(frozen=True)
class MacroF1:
    """The mean of F1 over the classes that stand in `truth` (n,); classes are numbers, those of `guesses` (n,) too."""

    truth: Ints
    guesses: Ints

    @cached_property
    def _classes(self) -> Ints:
        return np.unique(self.truth)

    def at(self, weights: Floats) -> float:
        if not weights.sum():
            return float("nan")
        size = int(max(self.truth.max(), self.guesses.max())) + 1
        real, guessed, hit = (
            np.bincount(classes, parts, size)[self._classes]
            for classes, parts in (
                (self.truth, weights),
                (self.guesses, weights),
                (self.truth, weights * (self.truth == self.guesses)),
            )
        )
        both = real + guessed
        return float(np.divide(2 * hit, both, out=np.zeros(len(both)), where=both > 0).mean())


@dataclass(frozen=True)
class Auroc:
    """How well `scores` (n,) put the `positive` (n,) above the others: 1 always, 0.5 like chance.

    The share of pairs of a positive and another in which the positive has the higher score; equal ones count half.
    """

    positive: Bools
    scores: Floats

    @cached_property
    def _order(self) -> Ints:
        return np.argsort(self.scores, kind="stable")

    @cached_property
    def _ties(self) -> Ints:
        """The number of each row's score, from the lowest, in the order of `_order`."""
        ordered = self.scores[self._order]
        return np.cumsum(np.append(0, ordered[1:] != ordered[:-1])) if len(ordered) else np.zeros(0, dtype=np.int64)

    def at(self, weights: Floats) -> float:
        weighed, good = weights[self._order], self.positive[self._order]
        positives = np.bincount(self._ties, weighed * good)
        others = np.bincount(self._ties, weighed * ~good)
        pairs = positives.sum() * others.sum()
        if not pairs:
            return float("nan")
        below = np.cumsum(others) - others
        return float(positives @ (below + others / 2) / pairs)


@dataclass(frozen=True)
class Bin:
    """A range of confidence: how much weighs in it, its mean confidence, and the share that was right."""

    weight: float
    confidence: float
    right: float


def calibration(confidences: Floats, right: Floats, weights: Floats) -> tuple[Bin, ...]:
    """The ranges of confidence in which something lies, from low to high."""
    places = np.minimum((confidences * BINS).astype(np.int64), BINS - 1)
    inside = np.bincount(places, weights, BINS)
    sure = np.bincount(places, weights * confidences, BINS)
    good = np.bincount(places, weights * right, BINS)
    return tuple(
        Bin(float(inside[place]), float(sure[place] / inside[place]), float(good[place] / inside[place]))
        for place in np.flatnonzero(inside)
    )


@dataclass(frozen=True)
class CalibrationError:
    """The expected calibration error: by how far confidence and share of right ones lie apart, bin by bin."""

    confidences: Floats
    right: Floats

    def at(self, weights: Floats) -> float:
        bins = calibration(self.confidences, self.right, weights)
        total = sum(item.weight for item in bins)
        if not total:
            return float("nan")
        return sum(item.weight * abs(item.confidence - item.right) for item in bins) / total


@dataclass(frozen=True)
class Quantile:
    """The smallest of `scores` (n,) that has at least `share` of the weight at or below it."""

    scores: Floats
    share: float

    @cached_property
    def _order(self) -> Ints:
        return np.argsort(self.scores, kind="stable")

    def at(self, weights: Floats) -> float:
        below = np.cumsum(weights[self._order])
        if not len(below) or not below[-1]:
            return float("nan")
        place = int(np.searchsorted(below, self.share * below[-1] - 1e-9))
        return float(self.scores[self._order[place]])


@dataclass(frozen=True)
class Tradeoff:
    """What is sent from each confidence up, from high to low.

    `thresholds` (m,) are confidences, `precision` (m,) the share of right ones among what is sent, `coverage` (m,) the
    share of the messages with a question that are answered.
    """

    thresholds: Floats
    precision: Floats
    coverage: Floats

    def reaching(self, precision: float) -> int | None:
        """The place of the lowest threshold with this precision, None when no threshold has it."""
        places = np.flatnonzero(self.precision >= precision - 1e-12)
        return int(places[-1]) if len(places) else None


@dataclass(frozen=True)
class Sending:
    """Messages that an automatic reply may go to.

    `may` (n,): nothing but its confidence keeps the first suggestion from leaving; `confidences` (n,); `right` (n,);
    `asks` (n,): the message has a question, so that an answer counts as coverage.
    """

    may: Bools
    confidences: Floats
    right: Floats
    asks: Bools

    @cached_property
    def _sendable(self) -> Ints:
        """The rows that may be sent, the surest first."""
        rows = np.flatnonzero(self.may)
        return rows[np.argsort(-self.confidences[rows], kind="stable")]

    def tradeoff(self, weights: Floats) -> Tradeoff:
        """Precision against coverage, one place for each confidence that occurs."""
        rows = self._sendable[weights[self._sendable] > 0]
        confidences = self.confidences[rows]
        last = np.flatnonzero(np.append(confidences[1:] != confidences[:-1], len(rows) > 0))
        sent = np.cumsum(weights[rows])[last]
        good = np.cumsum(weights[rows] * self.right[rows])[last]
        covered = np.cumsum(weights[rows] * self.asks[rows])[last]
        asked = float(weights[self.asks].sum())
        coverage = covered / asked if asked else np.full(len(last), np.nan)
        return Tradeoff(confidences[last], good / sent, coverage)


@dataclass(frozen=True)
class CoverageAt:
    """The largest coverage that still has the wanted precision; 0 when no threshold has it."""

    sending: Sending
    precision: float

    def at(self, weights: Floats) -> float:
        if not weights[self.sending.asks].sum():
            return float("nan")
        tradeoff = self.sending.tradeoff(weights)
        place = tradeoff.reaching(self.precision)
        return 0.0 if place is None else float(tradeoff.coverage[place])
