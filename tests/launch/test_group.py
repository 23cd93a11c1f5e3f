from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from launch.group import Group, stop

Until = Callable[[Callable[[], object]], None]
Supervise = Callable[[str], subprocess.Popen[str]]
IsGone = Callable[[int], bool]

FAMILY = """
import subprocess, sys, time, pathlib
child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])
pathlib.Path({file!r}).write_text(str(child.pid))
time.sleep(600)
"""
STUBBORN = """
import signal, time, pathlib
signal.signal(signal.SIGTERM, signal.SIG_IGN)
pathlib.Path({file!r}).write_text('ready')
time.sleep(600)
"""


def has_text(path: Path) -> Callable[[], bool]:
    return lambda: path.exists() and path.read_text() != ""


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_output_and_exit_code_are_the_commands(tmp_path: Path) -> None:
    group = Group(python("print('hello'); raise SystemExit(7)"), tmp_path, {})
    assert group.stdout is not None
    assert group.stdout.read() == b"hello\n"
    assert group.wait() == 7


def test_a_command_that_does_not_exist_ends_with_127(tmp_path: Path) -> None:
    group = Group([str(tmp_path / "nothing")], tmp_path, {})
    assert group.stdout is not None
    assert b"No such file" in group.stdout.read()
    assert group.wait() == 127


def test_death_by_signal_is_told_as_the_shell_tells_it(tmp_path: Path) -> None:
    group = Group(python("import os; os.kill(os.getpid(), 9)"), tmp_path, {})
    assert group.wait() == 137


def test_variables_of_our_python_do_not_travel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    group = Group(python("import os; print(os.environ.get('PYTHONPATH'), os.environ['MORE'])"), tmp_path, {"MORE": "1"})
    assert group.stdout is not None
    assert group.stdout.read() == b"None 1\n"
    group.wait()


def test_stop_ends_grandchildren_too(tmp_path: Path, until: Until, is_gone: IsGone) -> None:
    file = tmp_path / "pid"
    group = Group(python(FAMILY.format(file=str(file))), tmp_path, {})
    until(has_text(file))
    stop([group])
    until(lambda: is_gone(int(file.read_text())))
    assert group.poll() is not None


def test_what_ignores_term_is_killed(tmp_path: Path, until: Until) -> None:
    file = tmp_path / "ready"
    group = Group(python(STUBBORN.format(file=str(file))), tmp_path, {})
    until(has_text(file))
    members = psutil.Process(group.pid).children(recursive=True)
    stop([group], grace=0.3)
    assert members
    until(lambda: not any(member.is_running() for member in members))


def test_a_killed_supervisor_leaves_nothing(
    tmp_path: Path, until: Until, is_gone: IsGone, supervise: Supervise
) -> None:
    file = tmp_path / "pid"
    code = f"""
import pathlib, sys, time
from launch.group import Group
group = Group([sys.executable, '-c', {FAMILY.format(file=str(file))!r}], pathlib.Path({str(tmp_path)!r}), {{}})
time.sleep(600)
"""
    supervisor = supervise(code)
    until(has_text(file))
    family = psutil.Process(supervisor.pid).children(recursive=True)
    assert len(family) == 3  # guard, command, grandchild
    os.kill(supervisor.pid, signal.SIGKILL)
    until(lambda: all(is_gone(member.pid) for member in family))
