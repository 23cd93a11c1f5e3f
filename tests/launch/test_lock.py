from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

from launch.lock import exclusive

Supervise = Callable[[str], subprocess.Popen[str]]
HOLDER = """
import pathlib, time
from launch.lock import exclusive
with exclusive(pathlib.Path({file!r}), lambda: None):
    print('held', flush=True)
    time.sleep(600)
"""


def test_a_second_one_waits_and_death_gives_it_back(tmp_path: Path, supervise: Supervise) -> None:
    file = tmp_path / "run" / "setup.lock"
    holder = supervise(HOLDER.format(file=str(file)))
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    waited: list[str] = []

    def on_wait() -> None:
        waited.append("yes")
        holder.kill()

    with exclusive(file, on_wait):
        assert waited == ["yes"]


def test_a_free_one_is_taken_at_once(tmp_path: Path) -> None:
    waited: list[str] = []
    with exclusive(tmp_path / "setup.lock", lambda: waited.append("yes")):
        assert waited == []
