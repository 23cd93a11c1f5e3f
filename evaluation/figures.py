"""The figures of a run, each with its interval."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from evaluation.measures import MEANS, Measure
from evaluation.statistics.bootstrap import Draws, Interval, interval
from evaluation.statistics.values import (
    Auroc,
    CalibrationError,
    CoverageAt,
    Floats,
    Ints,
    MacroF1,
    Mean,
    Quantile,
    Sending,
    Value,
)
from evaluation.table import STEPS, Table

OUT_OF_SCOPE = "out_of_scope"
LATENCY = "latency."
_SLOW = (("p50", 0.5), ("p95", 0.95), ("p99", 0.99))
_SLICED = tuple(measure for measure in MEANS if measure.name != "abstain.precision")


@dataclass(frozen=True)
class Wanted:
    """What automatic replies are held to: the confidence from which they are sent, and the precision that is wanted."""

    send: float
    precision: float = 0.98


@dataclass(frozen=True)
class Drawable:
    """A figure before it is computed: the value, and the places of its cases in the table."""

    measure: Measure
    value: Value
    rows: Ints


@dataclass(frozen=True)
class Figure:
    """A figure: its value, nan when it has no case or only one class; its interval, None when that is not defined."""

    measure: Measure
    value: float
    interval: Interval | None
    cases: int
    dialogues: int

    @property
    def name(self) -> str:
        return self.measure.name

    @property
    def measured(self) -> bool:
        return not np.isnan(self.value)


def drawables(table: Table, wanted: Wanted) -> tuple[Drawable, ...]:
    """Every figure of the table that has a case."""
    found = [*_means(table), *_intent(table), *_automatic(table, wanted), *_latency(table)]
    return tuple(item for item in found if len(item.rows))


def _means(table: Table) -> Iterator[Drawable]:
    for place, measure in enumerate(MEANS):
        rows = np.flatnonzero(~np.isnan(table.scores[:, place]))
        yield Drawable(measure, Mean(table.scores[rows, place]), rows)


def _intent(table: Table) -> Iterator[Drawable]:
    rows = np.flatnonzero(table.asked)
    yield Drawable(
        Measure("intent.macro_f1", "F1 of the main intent, mean over intents", share=False),
        MacroF1(table.truth[rows], table.guess[rows]),
        rows,
    )
    positive = table.truth[rows] == table.intents.find(OUT_OF_SCOPE)
    yield Drawable(
        Measure("intent.oos_auroc", "what is out of scope told from the rest, AUROC", share=False),
        Auroc(positive, table.out_of_scope[rows]),
        rows,
    )
    right = table.column("intent.accuracy")[rows]
    yield Drawable(
        Measure("intent.ece", "expected calibration error", more_is_better=False, share=False),
        CalibrationError(table.sure[rows], right),
        rows,
    )


def sending(table: Table) -> tuple[Sending, Ints]:
    """What automatic replies could be sent, and the places of the messages."""
    rows = np.flatnonzero(table.asked)
    right = table.answered_right[rows].astype(np.float64)
    return Sending(table.automatic[rows], table.confidence[rows], right, table.asks[rows]), rows


def _automatic(table: Table, wanted: Wanted) -> Iterator[Drawable]:
    every, rows = sending(table)
    sent = every.may & (every.confidences >= wanted.send)
    at = f"from a confidence of {wanted.send:g}"
    precision = Measure("auto.precision", f"automatic replies that are right, {at}")
    coverage = Measure("auto.coverage", f"questions answered automatically, {at}")
    yield Drawable(precision, Mean(every.right[sent]), rows[sent])
    yield Drawable(coverage, Mean(sent[every.asks].astype(np.float64)), rows[every.asks])
    best = Measure("auto.reach", f"most coverage at a precision of {wanted.precision:g}", share=False)
    if every.asks.any():
        yield Drawable(best, CoverageAt(every, wanted.precision), rows)


def _latency(table: Table) -> Iterator[Drawable]:
    rows = np.flatnonzero(table.asked)
    for place, step in enumerate(STEPS):
        for name, share in _SLOW:
            title = "whole suggestion" if step == "total" else step
            measure = Measure(
                f"{LATENCY}{step}.{name}", f"{title}, {name}", more_is_better=False, share=False, unit="ms"
            )
            yield Drawable(measure, Quantile(table.times[rows, place], share), rows)


def compute(table: Table, wanted: Wanted, draws: Draws | None = None) -> tuple[Figure, ...]:
    """Every figure with its interval."""
    draws = draws or Draws(len(table.dialogues))
    several = drawables(table, wanted)
    means = [place for place, item in enumerate(several) if isinstance(item.value, Mean)]
    others = [place for place, item in enumerate(several) if not isinstance(item.value, Mean)]
    drawn = np.empty((draws.times, len(several)))
    drawn[:, means] = _drawn_means(table, [several[place] for place in means], draws)
    drawn[:, others] = draws.of_several([(several[place].value, table.groups[several[place].rows]) for place in others])
    return tuple(_figure(table, item, drawn[:, place]) for place, item in enumerate(several))


def _figure(table: Table, item: Drawable, drawn: Floats) -> Figure:
    value = item.value.at(np.ones(len(item.rows)))
    dialogues = len(np.unique(table.groups[item.rows]))
    return Figure(item.measure, value, interval(drawn) if dialogues > 1 else None, len(item.rows), dialogues)


def _drawn_means(table: Table, means: Sequence[Drawable], draws: Draws) -> Floats:
    """The draws of each mean, (times, means)."""
    sums, sizes = np.zeros((draws.groups, len(means))), np.zeros((draws.groups, len(means)))
    for column, item in enumerate(means):
        groups = table.groups[item.rows]
        if isinstance(item.value, Mean):
            sums[:, column] = np.bincount(groups, item.value.scores, draws.groups)
        sizes[:, column] = np.bincount(groups, minlength=draws.groups)
    return draws.of_means(sums, sizes)


@dataclass(frozen=True)
class Sliced:
    """The means of one slice, `<kind>=<value>`."""

    name: str
    figures: tuple[Figure, ...]


def compute_slices(table: Table, draws: Draws | None = None) -> tuple[Sliced, ...]:
    """The means of every slice that have cases in it."""
    draws = draws or Draws(len(table.dialogues))
    means = {name: _means_of(table, rows) for name, rows in table.slices.items()}
    drawn = iter(_drawn_means(table, [item for several in means.values() for item in several], draws).T)
    return tuple(
        Sliced(name, tuple(_figure(table, item, next(drawn)) for item in several)) for name, several in means.items()
    )


def _means_of(table: Table, rows: Ints) -> list[Drawable]:
    found = []
    for measure in _SLICED:
        scores = table.column(measure.name)[rows]
        used = ~np.isnan(scores)
        if used.any():
            found.append(Drawable(measure, Mean(scores[used]), rows[used]))
    return found


def check_classes(table: Table) -> str:
    """Why nothing can be said about what was read or found, "" when something can.

    One class only would be read perfectly by whoever always says the same.
    """
    asked = np.unique(table.truth[table.asked])
    told_apart = len(asked) > 1
    broken = table.column("rules.recall")
    clean = table.column("rules.false_stops")
    ruled = not np.isnan(broken).all() and not np.isnan(clean).all()
    if told_apart or (ruled and not len(asked)):
        return ""
    if len(asked):
        return f"every message has the main intent {table.intents.names[asked[0]]!r}: nothing can be told from anything"
    return "every agent's turn breaks a rule, or none does: nothing can be told from anything"


def agreement_by_chance(table: Table, draws: int = 200, seed: int = 7) -> float | None:
    """How often shuffled labels agree with what was read as well as the labels do; None for fewer than 30 messages."""
    rows = np.flatnonzero(table.asked)
    if len(rows) < 30:
        return None
    truth, guess = table.truth[rows], table.guess[rows]
    random, agree = np.random.default_rng(seed), float((truth == guess).mean())
    shuffled = [float((random.permutation(truth) == guess).mean()) for _ in range(draws)]
    return (1 + sum(value >= agree for value in shuffled)) / (1 + draws)
