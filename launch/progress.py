"""Progress on standard error: one line per event, with the seconds since the start."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from typing import TextIO


class Progress:
    """Writes lines; safe to use from several threads."""

    def __init__(self, stream: TextIO | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream
        self._clock = clock
        self._start = clock()
        self._lock = threading.Lock()

    @classmethod
    def since(cls, start: float) -> Progress:
        """One that began at `start` of the monotonic clock, on standard error."""
        progress = cls()
        progress._start = start
        return progress

    def __reduce__(self) -> tuple[object, ...]:
        """In another process it goes on counting, on that one's standard error."""
        return Progress.since, (self._start,)

    @property
    def seconds(self) -> float:
        """Seconds since this progress began."""
        return self._clock() - self._start

    def say(self, text: str) -> None:
        """Write one line."""
        with self._lock:
            print(f"[{self.seconds:5.1f} s] {text}", file=self._stream or sys.stderr, flush=True)
