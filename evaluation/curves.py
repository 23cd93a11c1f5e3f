"""What charts are made of: confusion, calibration, precision against coverage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from evaluation.figures import sending
from evaluation.statistics.values import Bin, Ints, calibration
from evaluation.table import Table

POINTS = 200
"""Of a curve, at most."""


@dataclass(frozen=True)
class Confusion:
    """How often (k, k) a main intent (row) was read as another (column); rows with most messages first."""

    intents: tuple[str, ...]
    counts: Ints

    def worst(self, most: int) -> list[tuple[str, str, int]]:
        """The confusions that happen most: as labelled, as read, how often."""
        wrong = self.counts.copy()
        np.fill_diagonal(wrong, 0)
        order = np.argsort(-wrong, axis=None, kind="stable")[:most]
        places = [tuple(int(part) for part in np.unravel_index(flat, wrong.shape)) for flat in order]
        return [
            (self.intents[row], self.intents[column], int(wrong[row, column]))
            for row, column in places
            if wrong[row, column]
        ]


def confusion(table: Table) -> Confusion:
    """The confusion of main intents. Nothing read at all counts as the intent "-"."""
    names = [name or "-" for name in table.intents.names]
    counts = np.zeros((len(names), len(names)), dtype=np.int64)
    np.add.at(counts, (table.truth[table.asked], table.guess[table.asked]), 1)
    order = np.lexsort((-counts.sum(axis=0), -counts.sum(axis=1)))
    return Confusion(tuple(names[place] for place in order), counts[np.ix_(order, order)])


def reliability(table: Table) -> tuple[Bin, ...]:
    """Confidence of the main intent against how often it was right."""
    rows = np.flatnonzero(table.asked)
    if not len(rows):
        return ()
    return calibration(table.sure[rows], table.column("intent.accuracy")[rows], np.ones(len(rows)))


@dataclass(frozen=True)
class Point:
    """What is sent from `confidence` up: precision, and coverage of the questions."""

    confidence: float
    precision: float
    coverage: float


@dataclass(frozen=True)
class Automatic:
    """Precision against coverage, from high confidence to low; `reached` is where the wanted precision still holds."""

    curve: tuple[Point, ...]
    reached: Point | None


def automatic(table: Table, precision: float) -> Automatic:
    """The curve of automatic replies over all messages."""
    every, rows = sending(table)
    if not every.asks.any():
        return Automatic((), None)
    tradeoff = every.tradeoff(np.ones(len(rows)))
    points = [
        Point(float(confidence), float(share), float(covered))
        for confidence, share, covered in zip(tradeoff.thresholds, tradeoff.precision, tradeoff.coverage, strict=True)
    ]
    place = tradeoff.reaching(precision)
    step = max(1, -(-len(points) // POINTS))
    thinned = [*points[::step], *points[-1:]] if points else []
    return Automatic(tuple(dict.fromkeys(thinned)), None if place is None else points[place])


def curves_json(table: Table, precision: float) -> dict[str, Any]:
    """All of them as JSON."""
    sent, mixed = automatic(table, precision), confusion(table)
    return {
        "confusion": {"intents": list(mixed.intents), "counts": mixed.counts.tolist()},
        "calibration": [[item.weight, round(item.confidence, 4), round(item.right, 4)] for item in reliability(table)],
        "automatic": {
            "wanted_precision": precision,
            "threshold": sent.reached.confidence if sent.reached else None,
            "coverage": round(sent.reached.coverage, 6) if sent.reached else 0.0,
            "curve": [[point.confidence, round(point.precision, 6), round(point.coverage, 6)] for point in sent.curve],
        },
    }
