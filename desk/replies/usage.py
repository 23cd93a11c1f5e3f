"""What agents made of each reply."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import fmean

from contracts.edits import edit_share
from contracts.masking import mask
from desk.period import Period
from desk.storage.database import Database
from desk.storage.decisions import DecisionKind
from desk.storage.offers import shown_by_reply
from desk.storage.tallies import Edited, decided_between, edited_between

MOST_EDITS = 3_000
"""Edits of a period that are looked at, the latest."""

MOST_TOLD = 5
"""Edits of one reply that are told."""


@dataclass(frozen=True)
class Usage:
    """How often a reply was shown, sent as it is, sent after an edit, found in the library and sent, and refused.

    `edit_distance` is the mean share (0..1) of the text that edits changed, None without edits.
    """

    shown: int = 0
    approved: int = 0
    edited: int = 0
    searched: int = 0
    rejected: int = 0
    edit_distance: float | None = None

    def share(self, count: int) -> float | None:
        """A count as a share of how often the reply was shown; None when it never was."""
        return min(1.0, count / self.shown) if self.shown else None


@dataclass(frozen=True)
class Edit:
    """What a reply was made into, personal data masked, and how often."""

    text: str
    count: int


UNUSED = Usage()


def usage_of(database: Database, shop: str, period: Period) -> Mapping[str, Usage]:
    """The usage of every reply that was shown or sent in a shop, by id. Raises ServiceDown."""
    with database.reading() as connection:
        shown = shown_by_reply(connection, shop, period.since, period.until)
        decided = decided_between(connection, shop, period.since, period.until)
        edits = edited_between(connection, shop, period.since, period.until, MOST_EDITS)
    counts: Counter[tuple[str, DecisionKind]] = Counter()
    for item in decided:
        counts[item.reply_id, item.kind] += item.count
    distances = _distances(edits)
    names = {*shown, *(reply_id for reply_id, _ in counts if reply_id)}
    return {
        name: Usage(
            shown=shown.get(name, 0),
            approved=counts[name, DecisionKind.APPROVED],
            edited=counts[name, DecisionKind.EDITED],
            searched=counts[name, DecisionKind.SEARCHED],
            rejected=counts[name, DecisionKind.REJECTED],
            edit_distance=fmean(distances[name]) if name in distances else None,
        )
        for name in names
    }


def edits_of(database: Database, shop: str, reply_id: str, period: Period) -> tuple[Edit, ...]:
    """What agents made of one reply most often. Raises ServiceDown."""
    with database.reading() as connection:
        edits = edited_between(connection, shop, period.since, period.until, MOST_EDITS, reply_id)
    counted = Counter(mask(edit.sent) for edit in edits)
    return tuple(Edit(text, count) for text, count in counted.most_common(MOST_TOLD))


def _distances(edits: Iterable[Edited]) -> Mapping[str, list[float]]:
    found: dict[str, list[float]] = {}
    for edit in edits:
        found.setdefault(edit.reply_id, []).append(edit_share(edit.offered, edit.sent))
    return found
