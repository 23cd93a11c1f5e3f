"""The running system: all services started at once, watched, and stopped together."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from contracts.errors import ServiceDown
from launch.child import Child, rotate
from launch.commands import tail_of
from launch.group import stop as stop_groups
from launch.ports import check_ports
from launch.progress import Progress
from launch.service import Service

START_TIMEOUT = 180.0
"""Seconds in which every service must be ready."""

_POLL = 0.2
_NOTE_EVERY = 10.0
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stop:
    """Whether someone has asked for the end."""

    def __init__(self) -> None:
        self.asked = False


class Stack:
    """Services that live and end together."""

    def __init__(self, services: Sequence[Service], progress: Progress) -> None:
        self.children = tuple(Child(service, progress) for service in services)
        self._progress = progress

    def start(self, stop: Stop) -> bool:
        """Start all and wait until they are ready; False when the end was asked for meanwhile.

        Raises ServiceDown when a port is taken, a process dies or the time is up.
        """
        check_ports(child.service for child in self.children)
        for child in self.children:
            rotate(child.service)
            child.start()
        names = ", ".join(f"{child.service.label} :{child.service.port}" for child in self.children)
        self._progress.say(f"starting {names}")
        deadline = time.monotonic() + START_TIMEOUT
        next_note = time.monotonic() + _NOTE_EVERY
        while not stop.asked:
            waiting = [child for child in self.children if not child.ready]
            if not waiting:
                return True
            for child in waiting:
                _check_alive(child)
                child.tick()
            if time.monotonic() > deadline:
                raise ServiceDown(_late(waiting))
            if time.monotonic() > next_note:
                next_note += _NOTE_EVERY
                self._progress.say("waiting for " + ", ".join(child.service.label for child in waiting))
            time.sleep(_POLL)
        return False

    def supervise(self, stop: Stop) -> None:
        """Look after all until the end is asked for. Raises ServiceDown when an essential service stays down."""
        while not stop.asked:
            for child in self.children:
                child.tick()
                if child.given_up and child.service.essential:
                    raise ServiceDown(f"{child.service.label} does not stay up; the end of its log:\n{_tail(child)}")
            time.sleep(_POLL)

    def stop(self) -> None:
        """End all processes, the same way for those that are still starting."""
        stop_groups([child.group for child in self.children if child.group is not None])


def run(services: Sequence[Service], progress: Progress, on_ready: Callable[[], None]) -> None:
    """Start the services, call `on_ready`, and keep them up until SIGINT, SIGTERM or SIGHUP. Raises ServiceDown."""
    stack = Stack(services, progress)
    with _stop_signals() as stop:
        try:
            if stack.start(stop):
                on_ready()
                stack.supervise(stop)
        finally:
            progress.say("stopping")
            stack.stop()
            progress.say("stopped")


@contextmanager
def _stop_signals() -> Iterator[Stop]:
    """Signals are noted rather than raised, so that no moment of the start or the end can be cut in two."""
    stop = Stop()

    def ask(_number: int, _frame: object) -> None:
        stop.asked = True

    before = {number: signal.signal(number, ask) for number in _SIGNALS}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _check_alive(child: Child) -> None:
    code = child.exit_code()
    if code is not None:
        raise ServiceDown(
            f"{child.service.label} did not start (exit {code}); the end of {child.service.log}:\n{_tail(child)}"
        )


def _late(waiting: Sequence[Child]) -> str:
    name = waiting[0].service.label
    return (
        f"{name} was not ready after {START_TIMEOUT:.0f} s; the end of {waiting[0].service.log}:\n{_tail(waiting[0])}"
    )


def _tail(child: Child) -> str:
    return tail_of(child.service.log)
