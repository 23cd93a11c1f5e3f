"""How busy the machine is, and with whom: figures of a shared machine say little without it."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from dataclasses import dataclass

import psutil


@dataclass(frozen=True)
class Usage:
    """Cores used on average: by this process and its children, and by everything else."""

    cores: int
    load_at_start: float
    own: float
    others: float


class Meter:
    """Measures from its making to `read`."""

    def __init__(self) -> None:
        self._begun = time.monotonic()
        self._load = os.getloadavg()[0]
        self._busy, self._own = _busy(), _own()

    def read(self) -> Usage:
        """The usage since then."""
        span = max(1e-3, time.monotonic() - self._begun)
        own = max(0.0, _own() - self._own) / span
        busy = max(0.0, _busy() - self._busy) / span
        cores = os.cpu_count() or 1
        return Usage(cores, round(self._load, 2), round(own, 2), round(max(0.0, busy - own), 2))


def _busy() -> float:
    """CPU seconds that the whole machine has worked."""
    times = psutil.cpu_times()
    return float(sum(times) - times.idle - getattr(times, "iowait", 0.0) - getattr(times, "guest", 0.0))


def _own() -> float:
    """CPU seconds of this process, of those it has reaped, and of those that run."""
    this = psutil.Process()
    total = sum(this.cpu_times()[:4])
    for child in this.children(recursive=True):
        with suppress(psutil.Error):
            total += sum(child.cpu_times()[:4])
    return float(total)
