"""How often agents take what is suggested."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from desk.decided import Made
from desk.storage.decisions import DecisionKind
from evaluation.figures import Figure
from evaluation.learning.edits import changed_share
from evaluation.measures import Measure
from evaluation.statistics.bootstrap import Draws, interval
from evaluation.table import Names

FIRST = Measure("agents.first", "the first suggestion was sent")
AMONG = Measure("agents.among3", "one of three suggestions was sent")
EDITED = Measure("agents.edited", "of what was sent of suggestions, changed before", more_is_better=False)
DISTANCE = Measure("agents.distance", "share of its characters that was changed", more_is_better=False, share=False)
SEARCHED = Measure("agents.searched", "a reply was searched in the library instead", more_is_better=False)
WRITTEN = Measure("agents.written", "a text was written instead", more_is_better=False)
SILENT = Measure("agents.silent", "nothing was suggested", more_is_better=False)
REJECTED = Measure("agents.rejected", "a suggestion was refused", more_is_better=False)

MEASURES = (FIRST, AMONG, EDITED, DISTANCE, SEARCHED, WRITTEN, SILENT, REJECTED)


@dataclass
class Acceptance:
    """Counts decisions; `missed` are the messages that suggestions had no use for."""

    missed: list[Made] = field(default_factory=list)
    _groups: Names = field(default_factory=Names)
    _rows: list[tuple[int, list[float]]] = field(default_factory=list)

    def add(self, made: Made) -> None:
        """Count one message. One that nobody has answered counts for what was refused alone."""
        self._rows.append((self._groups.number(made.conversation), _scores(made)))
        if made.kind in (DecisionKind.SEARCHED, DecisionKind.WRITTEN):
            self.missed.append(made)

    def figures(self) -> tuple[Figure, ...]:
        """Each figure that has a case, drawn by conversations."""
        return tuple(self._figures())

    def _figures(self) -> Iterator[Figure]:
        scores = np.array([row for _, row in self._rows], dtype=np.float64).reshape(-1, len(MEASURES))
        groups = np.array([group for group, _ in self._rows], dtype=np.int64)
        draws = Draws(len(self._groups))
        for column, measure in enumerate(MEASURES):
            used = ~np.isnan(scores[:, column])
            if not used.any():
                continue
            sums = np.bincount(groups[used], scores[used, column], draws.groups).astype(np.float64)[:, None]
            sizes = np.bincount(groups[used], minlength=draws.groups).astype(np.float64)[:, None]
            conversations = int((sizes > 0).sum())
            sure = interval(draws.of_means(sums, sizes)[:, 0]) if conversations > 1 else None
            yield Figure(measure, float(scores[used, column].mean()), sure, int(used.sum()), conversations)


def _scores(made: Made) -> list[float]:
    answered, offered, taken = made.kind is not None, bool(made.offered), made.accepted
    nothing = float("nan")
    judged = answered and offered
    edited = changed_share(taken.text, made.sent) if taken is not None else nothing
    return [
        float(taken is not None and made.rank == 1) if judged else nothing,
        float(taken is not None and (made.rank or 0) <= 3) if judged else nothing,
        float(made.kind is DecisionKind.EDITED) if taken is not None else nothing,
        edited,
        float(made.kind is DecisionKind.SEARCHED) if judged else nothing,
        float(made.kind is DecisionKind.WRITTEN) if judged else nothing,
        float(not offered) if answered else nothing,
        float(bool(made.rejected)) if offered else nothing,
    ]


def acceptance(several: Iterable[Made]) -> Acceptance:
    """The count of all of them."""
    counted = Acceptance()
    for made in several:
        counted.add(made)
    return counted


def most_missed(missed: Sequence[Made], most: int = 10) -> list[Made]:
    """The first few messages that suggestions had no use for, those first where something was searched."""
    return sorted(missed, key=lambda made: made.kind is not DecisionKind.SEARCHED)[:most]
