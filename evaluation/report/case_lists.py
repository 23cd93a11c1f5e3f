"""The cases behind each figure, as far as a page can hold them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import isnan

from evaluation.cases import Case
from evaluation.measures import MEANS, Measure, scores_of

MOST = 40
"""Cases of a figure that a page shows; the JSON has all."""


@dataclass
class CaseList:
    """The cases that cost a figure something: how many, and the first of them."""

    measure: Measure
    count: int = 0
    cases: list[Case] = field(default_factory=list)


def case_lists(
    cases: Iterable[Case], named: frozenset[str] = frozenset()
) -> tuple[tuple[CaseList, ...], Mapping[str, Case]]:
    """The list of each mean that has one, read in one pass, and the cases with the ids `named`."""
    lists = tuple(CaseList(measure) for measure in MEANS)
    found: dict[str, Case] = {}
    for case in cases:
        if case.id in named:
            found[case.id] = case
        for entry, score in zip(lists, scores_of(case), strict=True):
            if isnan(score) or score == (1.0 if entry.measure.more_is_better else 0.0):
                continue
            entry.count += 1
            if len(entry.cases) < MOST:
                entry.cases.append(case)
    return tuple(entry for entry in lists if entry.count), found
