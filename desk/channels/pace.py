"""How often somebody may do something."""

from __future__ import annotations

import threading
from collections import OrderedDict

from contracts.errors import HuashuError

_MOST_NAMES = 10_000
"""Names that are remembered; beyond them the one that was quiet for longest is forgotten."""


class TooOften(HuashuError):
    """It was done too often; `wait` is after how many seconds it may be done again."""

    def __init__(self, wait: float) -> None:
        super().__init__(f"too often; again in {wait:.0f} s")
        self.wait = wait


class Pace:
    """Lets everybody do something `limit` times at once, and `limit` times in `span` seconds as time goes on.

    Counted in this process; safe to use from several threads.
    """

    def __init__(self, limit: int, span: float) -> None:
        self._limit = limit
        self._each = span / limit
        self._free_at: OrderedDict[str, float] = OrderedDict()
        self._lock = threading.Lock()

    def step(self, name: str, now: float) -> None:
        """Count one for `name` at `now` (seconds of any clock). Raises TooOften, and counts nothing then."""
        with self._lock:
            free_at = max(now, self._free_at.get(name, now)) + self._each
            ahead = free_at - now - self._limit * self._each
            if ahead > 1e-9:
                raise TooOften(max(1.0, ahead))
            self._free_at[name] = free_at
            self._free_at.move_to_end(name)
            if len(self._free_at) > _MOST_NAMES:
                self._free_at.popitem(last=False)
