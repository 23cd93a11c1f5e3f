"""How often somebody may ask: a token bucket for each caller, in memory."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

MOST_CALLERS = 10_000
"""Callers remembered; the one that was away longest is forgotten first, which only gives it a full bucket again."""


class Buckets:
    """Lets each caller ask `rate` times a second, and `burst` times at once; a rate of 0 sets no limit."""

    def __init__(self, rate: float, burst: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = rate
        self._burst = burst
        self._clock = clock
        self._lock = threading.Lock()
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, caller: str) -> float:
        """Seconds until the caller may ask again; 0 when this one is granted."""
        if not self._rate:
            return 0.0
        now = self._clock()
        with self._lock:
            tokens, seen = self._buckets.pop(caller, (float(self._burst), now))
            tokens = min(self._burst, tokens + (now - seen) * self._rate)
            granted = tokens >= 1
            self._buckets[caller] = (tokens - 1 if granted else tokens, now)
            if len(self._buckets) > MOST_CALLERS:
                self._buckets.popitem(last=False)
        return 0.0 if granted else (1 - tokens) / self._rate
