"""Which checks can find anything in a text at all: those of which a pattern has an alternative that may match in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

import numpy as np

from compliance.index import PatternIndex
from compliance.kinds.any_of import AnyOf
from compliance.kinds.check import Check
from compliance.kinds.claim import Claim
from compliance.kinds.lacking import Lacking
from compliance.kinds.length import Length
from compliance.kinds.state import State
from compliance.kinds.wording import Wording
from compliance.material import Material
from compliance.pattern import Pattern
from compliance.reading import Reading

Item = TypeVar("Item")


def triggers(check: Check) -> frozenset[Pattern] | None:
    """The patterns one of which must match in the reply before the check finds anything; None when it may without."""
    if isinstance(check, Claim):
        return check.triggers
    if isinstance(check, Wording):
        return frozenset((check.words,))
    if isinstance(check, Lacking):
        return triggers(check.when)
    if isinstance(check, (State, Length)):
        return triggers(check.then) if check.then is not None else None
    if isinstance(check, AnyOf):
        parts = [triggers(part) for part in check.checks]
        return None if None in parts else frozenset(pattern for part in parts if part for pattern in part)
    return None


class Triggered(Generic[Item]):
    """Items with a check each, of which those are handed out that can find something in a text."""

    def __init__(self, items: Sequence[Item], check_of: Callable[[Item], Check], index: PatternIndex) -> None:
        """`index` holds the patterns of all checks; what is asked about has been read with it."""
        self.items = tuple(items)
        needed = [triggers(check_of(item)) for item in items]
        places: dict[Pattern, list[int]] = {}
        for place, patterns in enumerate(needed):
            for pattern in patterns or ():
                places.setdefault(pattern, []).append(place)
        self._places = tuple(places.items())
        self._numbers = np.array([index.numbers[pattern] for pattern in places], dtype=np.intp)
        self._always = frozenset(place for place, patterns in enumerate(needed) if patterns is None)

    def worth_making(self, material: Material) -> list[Item]:
        """The items whose checks are worth making, in their order; the readings of the material have an index."""
        places = self._always.union(*(self._concerned(reading) for reading in material.readings))
        return [self.items[place] for place in sorted(places)]

    def _concerned(self, reading: Reading) -> frozenset[int]:
        """The places of the items of which a trigger matches; worked out once for a reading that is remembered."""
        if self not in reading.worth:
            able: set[int] = set()
            possible = reading.possible
            alive = possible.among(self._numbers) if possible is not None else ()
            for pattern, places in (self._places[place] for place in alive):
                if not able.issuperset(places) and pattern.spans(reading):
                    able.update(places)
            reading.worth[self] = frozenset(able)
        return reading.worth[self]
