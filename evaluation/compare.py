"""Two runs over the same dialogues, case by case: what got better, what got worse, and whether it is chance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from evaluation.figures import LATENCY, Wanted, drawables
from evaluation.measures import MEANS, Measure
from evaluation.statistics.bootstrap import Draws, Interval, interval
from evaluation.statistics.paired import CHANCE, bootstrap_test, holm, sign_test
from evaluation.statistics.values import Ints
from evaluation.table import Table

_EVEN = 1e-9


@dataclass(frozen=True)
class Pairing:
    """The cases that both runs have with the same labels, by their places; the ids of the others."""

    before: Ints
    after: Ints
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]
    relabelled: tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    """A figure in both runs over the same cases.

    `better` and `worse` are the ids of the cases that changed, for figures that are means over cases. `chance` is how
    often chance alone makes such a difference, with regard to the number of figures that are compared.
    """

    measure: Measure
    before: float
    after: float
    interval: Interval | None
    cases: int
    chance: float
    better: tuple[str, ...] = ()
    worse: tuple[str, ...] = ()

    @property
    def verdict(self) -> str:
        """In one word what happened."""
        if self.chance >= CHANCE or abs(self.after - self.before) < _EVEN:
            return "no difference" if abs(self.after - self.before) < _EVEN else "may be chance"
        return "better" if (self.after > self.before) == self.measure.more_is_better else "worse"


@dataclass(frozen=True)
class Comparison:
    """All figures of two runs, and the cases that they do not share."""

    pairing: Pairing
    differences: tuple[Difference, ...]


def pair(before: Table, after: Table) -> Pairing:
    """The cases that stand in both tables. Those whose labels changed say nothing about the desk."""
    there, left, right, relabelled = before.places, [], [], []
    for place, name in enumerate(after.ids):
        if name not in there:
            continue
        if before.labels[there[name]] == after.labels[place]:
            left.append(there[name])
            right.append(place)
        else:
            relabelled.append(name)
    known = after.places
    return Pairing(
        before=np.array(left, dtype=np.int64),
        after=np.array(right, dtype=np.int64),
        only_before=tuple(name for name in before.ids if name not in known),
        only_after=tuple(name for name in after.ids if name not in there),
        relabelled=tuple(relabelled),
    )


def compare(before: Table, after: Table, wanted: Wanted) -> Comparison:
    """Every figure but the times, which say more about the machine than about the change."""
    pairing = pair(before, after)
    one, other = before.chosen(pairing.before), after.chosen(pairing.after)
    raw = [*_means(one, other), *_others(one, other, wanted)]
    adjusted = holm([item.chance for item in raw])
    differences = tuple(
        Difference(item.measure, item.before, item.after, item.interval, item.cases, chance, item.better, item.worse)
        for item, chance in zip(raw, adjusted, strict=True)
    )
    return Comparison(pairing, differences)


def _means(before: Table, after: Table) -> Iterator[Difference]:
    draws = Draws(int(after.groups.max()) + 1 if len(after.groups) else 0)
    for column, measure in enumerate(MEANS):
        if measure.name == "abstain.precision":
            continue  # its cases are those without suggestions, which differ between runs
        old, new = before.scores[:, column], after.scores[:, column]
        rows = np.flatnonzero(~np.isnan(old) & ~np.isnan(new))
        if not len(rows):
            continue
        changes = (new - old)[rows] * (1 if measure.more_is_better else -1)
        better, worse = rows[changes > _EVEN], rows[changes < -_EVEN]
        sums = np.bincount(after.groups[rows], (new - old)[rows], draws.groups).astype(np.float64)[:, None]
        sizes = np.bincount(after.groups[rows], minlength=draws.groups).astype(np.float64)[:, None]
        drawn = draws.of_means(sums, sizes)[:, 0]
        chance = sign_test(len(better), len(worse)) if measure.share else bootstrap_test(drawn)
        yield Difference(
            measure,
            float(old[rows].mean()),
            float(new[rows].mean()),
            interval(drawn),
            len(rows),
            chance if len(better) + len(worse) else 1.0,
            tuple(after.ids[place] for place in better),
            tuple(after.ids[place] for place in worse),
        )


def _others(before: Table, after: Table, wanted: Wanted) -> Iterator[Difference]:
    draws = Draws(int(after.groups.max()) + 1 if len(after.groups) else 0)
    means = {measure.name for measure in MEANS}
    old = {item.measure.name: item for item in drawables(before, wanted)}
    for item in drawables(after, wanted):
        name = item.measure.name
        if name in means or name.startswith(LATENCY) or name not in old:
            continue
        first = old[name]
        earlier, later = first.value.at(np.ones(len(first.rows))), item.value.at(np.ones(len(item.rows)))
        if np.isnan(earlier) or np.isnan(later):
            continue
        drawn = draws.of(item.value, after.groups[item.rows]) - draws.of(first.value, after.groups[first.rows])
        chance = bootstrap_test(drawn) if abs(later - earlier) > _EVEN else 1.0
        yield Difference(item.measure, earlier, later, interval(drawn), len(item.rows), chance)
