"""The cases of a run as columns: a few numbers for each, so that many fit into memory; their texts stay in the file."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property

import numpy as np

from evaluation.cases import Asked, Case, Said
from evaluation.measures import MEANS, scores_of
from evaluation.slices import slices_of
from evaluation.statistics.values import Bools, Floats, Ints

STEPS = ("understand", "encode", "search", "rank", "check", "total")
"""Steps of a suggestion whose time is taken."""


class Names:
    """Numbers for names, in the order in which they come."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._numbers = {name: number for number, name in enumerate(names)}

    def __len__(self) -> int:
        return len(self._numbers)

    def number(self, name: str) -> int:
        """The name's number, a new one for a new name."""
        return self._numbers.setdefault(name, len(self._numbers))

    def find(self, name: str) -> int:
        """The name's number, -1 for one that never came."""
        return self._numbers.get(name, -1)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._numbers)


@dataclass(frozen=True)
class Table:
    """Columns over `n` cases, in the order of the run.

    `groups`: the dialogue of each by number; `scores` (n, means); `times` (n, steps) in milliseconds. nan and -1 stand
    where a case has none. `asked`: it is a buyer's message; `truth`, `guess`: its main intent as labelled and as read.
    """

    ids: tuple[str, ...]
    labels: tuple[str, ...]
    dialogues: Names
    intents: Names
    groups: Ints
    scores: Floats
    times: Floats
    asked: Bools
    truth: Ints
    guess: Ints
    sure: Floats
    out_of_scope: Floats
    automatic: Bools
    confidence: Floats
    answered_right: Bools
    asks: Bools
    slices: Mapping[str, Ints]
    clauses: Mapping[str, ClauseCounts]

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The place of each case by its id."""
        return {name: place for place, name in enumerate(self.ids)}

    def column(self, measure: str) -> Floats:
        """The scores (n,) of a mean."""
        return self.scores[:, [item.name for item in MEANS].index(measure)]

    def chosen(self, rows: Ints) -> Table:
        """The cases at these places, in this order; without slices and clauses."""
        columns = {
            entry.name: getattr(self, entry.name)[rows]
            for entry in fields(self)
            if isinstance(getattr(self, entry.name), np.ndarray)
        }
        ids, labels = (tuple(column[place] for place in rows) for column in (self.ids, self.labels))
        return replace(self, ids=ids, labels=labels, slices={}, clauses={}, **columns)


@dataclass
class ClauseCounts:
    """Turns that break a clause, those of them found, and right turns in which it was found all the same."""

    breaches: int = 0
    found: int = 0
    false_alarms: int = 0


@dataclass
class TableBuilder:
    """Collects cases into a table."""

    ids: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    dialogues: Names = field(default_factory=Names)
    intents: Names = field(default_factory=Names)
    clauses: dict[str, ClauseCounts] = field(default_factory=dict)
    _numbers: array[int] = field(default_factory=lambda: array("q"))
    _reals: array[float] = field(default_factory=lambda: array("d"))
    _slices: dict[str, array[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, cases: Iterable[Case]) -> Table:
        """The table of the cases, which are read one by one."""
        builder = cls()
        for case in cases:
            builder.add(case)
        return builder.table()

    def add(self, case: Case) -> None:
        for name in slices_of(case):
            self._slices.setdefault(name, array("q")).append(len(self.ids))
        self.ids.append(case.id)
        self.labels.append(" ".join(case.labels))
        group = self.dialogues.number(case.where.dialogue)
        if isinstance(case, Asked):
            numbers, reals = self._asked(case)
        else:
            numbers, reals = [0, -1, -1, 0, 0, 0], [float("nan")] * (3 + len(STEPS))
            self._count(case)
        self._numbers.extend([group, *numbers])
        self._reals.extend([*scores_of(case), *reals])

    def _asked(self, case: Asked) -> tuple[list[int], list[float]]:
        guess, sure = case.read[0] if case.read else ("", 0.0)
        numbers = [
            1,
            self.intents.number(case.intents[0]),
            self.intents.number(guess),
            int(case.automatic and bool(case.topics)),
            int(case.right(0)),
            int(case.business and bool(case.topics)),
        ]
        confidence = case.shown[0].confidence if case.shown else 0.0
        return numbers, [sure, case.out_of_scope, confidence, *(case.timings.get(step, 0.0) for step in STEPS)]

    def _count(self, case: Said) -> None:
        for clause in case.violates:
            counts = self.clauses.setdefault(clause, ClauseCounts())
            counts.breaches += 1
            counts.found += case.caught(clause)
        if not case.violates:
            for found in case.found:
                self.clauses.setdefault(found.clause, ClauseCounts()).false_alarms += 1

    def table(self) -> Table:
        numbers = np.array(self._numbers, dtype=np.int64).reshape(len(self.ids), 7)
        reals = np.array(self._reals, dtype=np.float64).reshape(len(self.ids), -1)
        means = len(MEANS)
        return Table(
            ids=tuple(self.ids),
            labels=tuple(self.labels),
            dialogues=self.dialogues,
            intents=self.intents,
            groups=numbers[:, 0],
            scores=reals[:, :means],
            times=reals[:, means + 3 :],
            asked=numbers[:, 1] == 1,
            truth=numbers[:, 2],
            guess=numbers[:, 3],
            sure=reals[:, means],
            out_of_scope=reals[:, means + 1],
            automatic=numbers[:, 4] == 1,
            confidence=reals[:, means + 2],
            answered_right=numbers[:, 5] == 1,
            asks=numbers[:, 6] == 1,
            slices={name: np.array(rows, dtype=np.int64) for name, rows in sorted(self._slices.items())},
            clauses=dict(sorted(self.clauses.items())),
        )
