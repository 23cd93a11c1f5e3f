"""The file that tells other commands which stack is running; one left by a dead process is not believed."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

from desk.settings import Settings
from files.atomic import write_text


@dataclass(frozen=True)
class RunningStack:
    """A running `huashu run`: its process (with the second it started, as pids come again) and its addresses."""

    pid: int
    started: float
    desk: str
    rasa: str
    actions: str


def running_stack(settings: Settings) -> RunningStack | None:
    """The stack that runs from this checkout's `var`, None when there is none."""
    try:
        stack = RunningStack(**json.loads(_file(settings).read_text(encoding="utf-8")))
        alive = abs(psutil.Process(stack.pid).create_time() - stack.started) < 1.0
    except (OSError, ValueError, TypeError, psutil.Error):
        return None
    return stack if alive else None


def announce(settings: Settings, desk: str, rasa: str, actions: str) -> RunningStack:
    """Write that this process runs a stack."""
    stack = RunningStack(os.getpid(), psutil.Process().create_time(), desk, rasa, actions)
    write_text(_file(settings), json.dumps(asdict(stack)))
    return stack


def withdraw(settings: Settings) -> None:
    """Take back what this process announced."""
    stack = running_stack(settings)
    if stack is not None and stack.pid == os.getpid():
        _file(settings).unlink(missing_ok=True)


def _file(settings: Settings) -> Path:
    return settings.var / "run" / "stack.json"
