"""A stack beside a command: watched as by `huashu run`, and any of its services may be killed."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from contracts.errors import InputError, ServiceDown
from launch.progress import Progress
from launch.service import Service
from launch.stack import START_TIMEOUT, Stack, Stop

_PATIENCE = START_TIMEOUT
_POLL = 0.1


class Trial:
    """Services that run, each with a process group of its own."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack

    def kill(self, name: str) -> None:
        """`kill -9` the whole group of a service; it is started again as `huashu run` does. Raises InputError."""
        for child in self._stack.children:
            if child.service.name == name and child.group is not None:
                child.ready = False
                child.group.signal(signal.SIGKILL)
                return
        raise InputError(f"there is no service {name!r} to kill")

    def wait_ready(self) -> None:
        """Wait until all are ready again. Raises ServiceDown when one is not within `START_TIMEOUT` seconds."""
        deadline = time.monotonic() + _PATIENCE
        while not all(child.ready for child in self._stack.children):
            if time.monotonic() > deadline:
                raise ServiceDown("the services did not come up again")
            time.sleep(_POLL)


@contextmanager
def trial(services: Sequence[Service], progress: Progress) -> Iterator[Trial]:
    """Start the services, keep them up in the background, and end them with the block. Raises ServiceDown."""
    stack, stop = Stack(services, progress), Stop()
    watching = threading.Thread(target=_watch, args=(stack, stop, progress), name="watching", daemon=True)
    try:
        stack.start(stop)
        watching.start()
        yield Trial(stack)
    finally:
        stop.asked = True
        if watching.ident is not None:
            watching.join()
        stack.stop()


def _watch(stack: Stack, stop: Stop, progress: Progress) -> None:
    try:
        stack.supervise(stop)
    except ServiceDown as down:
        progress.say(str(down))
