"""What the statistics book says, for the whole period, a day, an hour or an agent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from desk.clocks import ClockRule
from desk.period import Period


@dataclass(frozen=True)
class Responses:
    """First response times. `median` and `p90` are seconds; shares are of all who asked; None where nobody did."""

    answered: int = 0
    unanswered: int = 0
    median: float | None = None
    p90: float | None = None
    within_limit: float | None = None


@dataclass(frozen=True)
class Choices:
    """What agents did: sent as offered by rank (1, 2, 3, later), after an edit, found in the library, by hand; refused.

    `edit_distance` is the mean share (0..1) of a text that edits changed.
    """

    approved: tuple[int, int, int, int] = (0, 0, 0, 0)
    edited: int = 0
    searched: int = 0
    written: int = 0
    rejected: int = 0
    edit_distance: float | None = None

    @property
    def sent(self) -> int:
        """Lines that agents sent."""
        return sum(self.approved) + self.edited + self.searched + self.written

    def accepted(self, rank: int) -> float | None:
        """The share of these lines that were the suggestion at `rank` (from 1), unchanged."""
        return self.approved[rank - 1] / self.sent if self.sent else None

    @property
    def edited_share(self) -> float | None:
        """The share of the suggestions sent that were changed first."""
        taken = sum(self.approved) + self.edited
        return self.edited / taken if taken else None


@dataclass(frozen=True)
class Conversion:
    """Buyers who asked before they paid, and those of them who then paid."""

    asked: int
    paid: int

    @property
    def rate(self) -> float | None:
        return self.paid / self.asked if self.asked else None


@dataclass(frozen=True)
class Figures:
    """Everything that is counted about some lines. `conversion` is None where orders do not tell."""

    buyers: int = 0
    received: int = 0
    sent_by_people: int = 0
    sent_automatically: int = 0
    people: Responses = Responses()
    automatic: Responses = Responses()
    choices: Choices = Choices()
    blocked: int = 0
    conversion: Conversion | None = None


@dataclass(frozen=True)
class Statistics:
    """The book of a shop for a period. `clock` is the platform's rule of the last day; `hours` has 24 entries."""

    shop: str
    period: Period
    total: Figures
    days: Mapping[date, Figures]
    hours: tuple[Figures, ...]
    agents: Mapping[str, Figures]
    clauses: Mapping[str, int] = field(default_factory=dict)
    clock: ClockRule | None = None
