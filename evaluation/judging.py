"""From the cases of a run to all that is said about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from contracts.errors import InputError
from evaluation.cases import Case
from evaluation.compare import compare
from evaluation.figures import agreement_by_chance, check_classes, compute, compute_slices
from evaluation.floors import Floor, breaches
from evaluation.report.record import read_cases
from evaluation.report.result import About, Result
from evaluation.statistics.bootstrap import Draws
from evaluation.table import TableBuilder

UNLIKELY = 0.01
"""Labels that agree with what was read no better than shuffled ones do this often are suspected of being shuffled."""


def judge(
    cases: Callable[[], Iterator[Case]], about: About, baseline: Path | None = None, floors: Sequence[Floor] = ()
) -> Result:
    """The result of a run whose cases `cases` reads anew each time.

    Raises InputError when nothing can be told (no case, one class only) and DataError for a baseline that is none.
    """
    table = TableBuilder.of(cases())
    if not len(table):
        raise InputError("there is no case to measure")
    alike = check_classes(table)
    if alike:
        raise InputError(alike)
    earlier = TableBuilder.of(read_cases(baseline)) if baseline is not None else None
    draws = Draws(len(table.dialogues))
    figures, slices = compute(table, about.wanted, draws), compute_slices(table, draws)
    by_chance = agreement_by_chance(table)
    return Result(
        about=replace(about, notes=(*about.notes, *_notes(by_chance))),
        table=table,
        figures=figures,
        slices=slices,
        cases=cases,
        floors=len(floors),
        breaches=breaches(floors, figures, slices),
        comparison=compare(earlier, table, about.wanted) if earlier is not None else None,
        suspect=by_chance is not None and by_chance > UNLIKELY,
    )


def _notes(by_chance: float | None) -> Iterator[str]:
    if by_chance is not None and by_chance > UNLIKELY:
        yield (
            "labels and what was read agree no better than by chance "
            f"(p = {by_chance:.2f}): the labels stand beside the wrong lines, or nothing is read at all"
        )
