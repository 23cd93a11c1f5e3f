"""A service that runs: started, watched, started again when it dies, each time later, and not without end."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

from launch.group import Group
from launch.progress import Progress
from launch.service import Service

MAX_RESTARTS = 5
RESTART_WINDOW = 600.0
"""At most so many restarts in so many seconds; then a service stays down."""

_FIRST_DELAY = 1.0
_LOG_BYTES = 10_000_000
_LOGS_KEPT = 3


class Restarts:
    """How long to wait before the next restart."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._times: deque[float] = deque()

    def next_delay(self) -> float | None:
        """Seconds to wait, twice as long each time; None when there have been too many of late."""
        now = self._clock()
        while self._times and now - self._times[0] > RESTART_WINDOW:
            self._times.popleft()
        if len(self._times) >= MAX_RESTARTS:
            return None
        self._times.append(now)
        return float(_FIRST_DELAY * 2 ** (len(self._times) - 1))

    @property
    def count(self) -> int:
        """Restarts within the window."""
        return len(self._times)


class Child:
    """One service of the stack and its process."""

    def __init__(self, service: Service, progress: Progress) -> None:
        self.service = service
        self.group: Group | None = None
        self.ready = False
        self.given_up = False
        self._progress = progress
        self._restarts = Restarts()
        self._start_at = 0.0

    def start(self) -> None:
        """Start the process; its output is added to the service's log."""
        self.ready = False
        self.service.log.parent.mkdir(parents=True, exist_ok=True)
        with self.service.log.open("ab") as log:
            self.group = Group(self.service.command, self.service.folder, self.service.env, log)

    def exit_code(self) -> int | None:
        """How the process ended; None while it runs or when there is none."""
        return None if self.group is None else self.group.poll()

    def tick(self) -> None:
        """Look after it once: see that it is ready, see that it died, start it again when its time has come."""
        if self.given_up:
            return
        if self.group is None:
            if time.monotonic() >= self._start_at:
                self.start()
            return
        code = self.group.poll()
        if code is not None:
            self._died(code)
        elif not self.ready and self.service.ready():
            self.ready = True
            self._progress.say(f"{self.service.label}: ready")

    def _died(self, code: int) -> None:
        if self.group is not None:
            self.group.close()
        self.group, self.ready = None, False
        delay = self._restarts.next_delay()
        what = f"{self.service.label} ended (exit {code}; {self.service.log})"
        if delay is None:
            self.given_up = True
            self._progress.say(f"{what}; it died {MAX_RESTARTS + 1} times and stays down")
            return
        self._start_at = time.monotonic() + delay
        self._progress.say(f"{what}; restart {self._restarts.count} of {MAX_RESTARTS} in {delay:.0f} s")


def rotate(service: Service) -> None:
    """Set a log aside that has grown large: `rasa.log` becomes `rasa.log.1`, the oldest goes."""
    log = service.log
    if not log.exists() or log.stat().st_size < _LOG_BYTES:
        return
    for number in range(_LOGS_KEPT, 0, -1):
        older = log.with_name(f"{log.name}.{number}")
        newer = log if number == 1 else log.with_name(f"{log.name}.{number - 1}")
        if newer.exists():
            newer.replace(older)
