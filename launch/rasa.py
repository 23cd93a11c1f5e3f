"""A Rasa of one's own, for the duration of a command that finds no running one."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from contracts.errors import ServiceDown
from desk.settings import Settings
from launch.child import Child, rotate
from launch.commands import tail_of
from launch.group import stop
from launch.ports import free_port
from launch.progress import Progress
from launch.service import Service
from launch.services import rasa_server

START_TIMEOUT = 120.0
_POLL = 0.1


@contextmanager
def temporary_rasa(settings: Settings) -> Iterator[str]:
    """Start Rasa alone on a free port, wait until it answers, and end it with the block; its address.

    Raises SetupNeeded when runtime or model are missing, ServiceDown when it does not start.
    """
    with serving(rasa_server(settings, free_port()), START_TIMEOUT) as service:
        yield service.url


@contextmanager
def serving(service: Service, timeout: float) -> Iterator[Service]:
    """Keep one service running for the block. Raises ServiceDown when it is not ready within `timeout` seconds."""
    child = Child(service, Progress())
    rotate(service)
    child.start()
    try:
        _wait(child, time.monotonic() + timeout)
        yield service
    finally:
        if child.group is not None:
            stop([child.group])


def _wait(child: Child, deadline: float) -> None:
    service = child.service
    while not service.ready():
        ended = child.exit_code()
        if ended is not None or time.monotonic() > deadline:
            how = f"ended (exit {ended})" if ended is not None else "was not ready in time"
            raise ServiceDown(f"{service.label} {how}; the end of {service.log}:\n{tail_of(service.log)}")
        time.sleep(_POLL)
