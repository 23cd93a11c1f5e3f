"""All that a run found."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from evaluation.cases import Case
from evaluation.compare import Comparison
from evaluation.figures import Figure, Sliced, Wanted
from evaluation.floors import Breach
from evaluation.table import Table


@dataclass(frozen=True)
class About:
    """What was measured on what: files, when, encoder, intent model, engine, cores ... in words."""

    facts: Mapping[str, str]
    wanted: Wanted
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Result:
    """The figures of a run with the cases behind them; `cases` reads these anew from their file, one by one."""

    about: About
    table: Table
    figures: tuple[Figure, ...]
    slices: tuple[Sliced, ...]
    cases: Callable[[], Iterator[Case]]
    floors: int = 0
    breaches: tuple[Breach, ...] = ()
    comparison: Comparison | None = None
    suspect: bool = False
    """Labels and readings agree by chance at most."""

    @property
    def good(self) -> bool:
        """Whether nothing was found that a person must look at before anything else."""
        return not self.breaches and not self.suspect

    def figure(self, name: str) -> Figure | None:
        """The figure of this name, None when it has no case."""
        return next((figure for figure in self.figures if figure.name == name), None)
