"""A background worker: does what there is to do, sleeps until it is woken, and stops when it is asked to."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from contracts.errors import ServiceDown

_LOG = logging.getLogger("huashu.desk")


class Worker:
    """Runs `step` until it says that nothing is left, then waits for `wake` or for `idle` seconds.

    A step that fails is written to the log and tried again after a pause: one bad piece of work stops nobody.
    """

    def __init__(self, name: str, step: Callable[[], bool], idle: float = 1.0) -> None:
        self.name = name
        self._step = step
        self._idle = idle
        self._awake = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def wake(self) -> None:
        """There is something to do."""
        self._awake.set()

    def end(self) -> None:
        """Take no new work; the step at hand is finished."""
        self._stopping.set()
        self._awake.set()

    def stop(self, patience: float = 10.0) -> None:
        """Finish the step at hand and end; waits at most `patience` seconds."""
        self.end()
        if self._thread.is_alive():
            self._thread.join(patience)

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._awake.clear()
            if not self._worked():
                self._awake.wait(self._idle)

    def _worked(self) -> bool:
        try:
            return self._step()
        except ServiceDown as down:
            _LOG.warning("%s: %s", self.name, down)
            return False
        except Exception:
            _LOG.exception("%s: a step failed", self.name)
            return False
