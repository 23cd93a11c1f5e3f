"""Counting, until it is asked for figures."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Hashable

import numpy as np

from contracts.edits import edit_share
from desk.statistics.figures import Choices, Conversion, Figures, Responses
from desk.storage.decisions import DecisionKind
from desk.storage.tallies import Decided, Edited

_RANKS = 4


class Waited:
    """Waits of one kind."""

    def __init__(self) -> None:
        self._seconds = array("d")
        self._unanswered = 0
        self._within = 0

    def add(self, seconds: float | None, *, within: bool) -> None:
        """A wait, with None for one that had no answer."""
        if seconds is None:
            self._unanswered += 1
        else:
            self._seconds.append(seconds)
        self._within += within

    def responses(self) -> Responses:
        """The figures so far."""
        answered = len(self._seconds)
        asked = answered + self._unanswered
        median, p90 = (float(value) for value in np.percentile(self._seconds, (50, 90))) if answered else (None, None)
        return Responses(answered, self._unanswered, median, p90, self._within / asked if asked else None)


class Tally:
    """Counts of one day, hour, agent, or of everything."""

    def __init__(self) -> None:
        self.served: set[Hashable] = set()
        self.received = self.sent_by_people = self.sent_automatically = self.blocked = 0
        self.people, self.automatic = Waited(), Waited()
        self.asked: int | None = None
        self.paid = 0
        self._kinds: Counter[DecisionKind] = Counter()
        self._approved = [0] * _RANKS
        self._shares = array("d")

    def decide(self, decided: Decided) -> None:
        """Decisions of agents."""
        if decided.kind is DecisionKind.APPROVED:
            self._approved[min(max(decided.rank, 1), _RANKS) - 1] += decided.count
        else:
            self._kinds[decided.kind] += decided.count

    def edit(self, edited: Edited) -> None:
        """How an agent changed a suggestion; that it was sent is told by `decide`."""
        self._shares.append(edit_share(edited.offered, edited.sent))

    def convert(self, conversion: Conversion) -> None:
        """Buyers who asked before they paid."""
        self.asked = (self.asked or 0) + conversion.asked
        self.paid += conversion.paid

    def figures(self) -> Figures:
        """What was counted."""
        first, second, third, later = self._approved
        choices = Choices(
            approved=(first, second, third, later),
            edited=self._kinds[DecisionKind.EDITED],
            searched=self._kinds[DecisionKind.SEARCHED],
            written=self._kinds[DecisionKind.WRITTEN],
            rejected=self._kinds[DecisionKind.REJECTED],
            edit_distance=float(np.mean(self._shares)) if self._shares else None,
        )
        return Figures(
            buyers=len(self.served),
            received=self.received,
            sent_by_people=self.sent_by_people,
            sent_automatically=self.sent_automatically,
            people=self.people.responses(),
            automatic=self.automatic.responses(),
            choices=choices,
            blocked=self.blocked,
            conversion=None if self.asked is None else Conversion(self.asked, self.paid),
        )
