"""Cases before and after a change, and what the labels say to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from contracts.taxonomy import CHAT, intent_of
from evaluation.cases import Asked, Case, Said
from evaluation.measures import SHOWN, first_right


class Effect(str, Enum):
    """What a change does to a case, by its labels."""

    BETTER = "better"
    WORSE = "worse"
    EVEN = "as right as before"


@dataclass(frozen=True)
class Changed:
    """A case that comes out otherwise."""

    before: Case
    after: Case

    @property
    def effect(self) -> Effect:
        old, new = _worth(self.before), _worth(self.after)
        if old == new:
            return Effect.EVEN
        return Effect.BETTER if new > old else Effect.WORSE


def changed(before: Case, after: Case) -> Changed | None:
    """The change of a case, None when an agent would see the same."""
    return Changed(before, after) if _seen(before) != _seen(after) else None


def count(several: Iterable[Changed]) -> Counter[Effect]:
    """How many of each effect."""
    return Counter(item.effect for item in several)


def _seen(case: Case) -> tuple[object, ...]:
    if isinstance(case, Said):
        return tuple(sorted((found.clause, found.stops) for found in case.found))
    return tuple((shown.reply_id, shown.text) for shown in case.shown)


def _worth(case: Case) -> float:
    if isinstance(case, Said):
        found = all(case.caught(clause) for clause in case.violates)
        return float(found) if case.violates else -float(sum(2 if item.stops else 1 for item in case.found))
    return _use(case)


def _use(case: Asked) -> float:
    """How early a right suggestion comes; where nothing is asked, how few business replies there are."""
    if not case.business:
        return -float(sum(intent_of(shown.topic) not in CHAT for shown in case.shown[:SHOWN]))
    place = first_right(case)
    return 0.0 if place is None else 1 / (place + 1)
