from __future__ import annotations

import io
import os
import time
from dataclasses import dataclass
from pathlib import Path
from threading import get_ident

import pytest

from contracts.errors import DataError, ServiceDown
from launch.beside import beside
from launch.progress import Progress


@dataclass(frozen=True)
class Kettle:
    """A step that writes who ran it, or ends otherwise."""

    output: Path
    mood: str = "fine"

    name = "kettle"
    title = "tea water"

    def fingerprint(self) -> str:
        return self.mood

    def made(self) -> bool:
        return self.output.exists()

    def run(self, progress: Progress) -> None:
        if self.mood == "faulty":
            raise DataError("not a kettle", file="kettle.yml", line=3)
        if self.mood == "deadly":
            os._exit(9)
        if self.mood == "slow":
            self.output.write_text(str(os.getpid()), encoding="utf-8")
            time.sleep(600)
        progress.say(f"boiling in {os.getpid()}, {get_ident()}")
        self.output.write_text(str(os.getpid()), encoding="utf-8")


@pytest.fixture
def progress() -> Progress:
    return Progress(io.StringIO())


def test_it_runs_in_a_process_of_its_own(tmp_path: Path, progress: Progress, capfd: pytest.CaptureFixture[str]) -> None:
    step = Kettle(tmp_path / "out")
    with beside(step, tmp_path / "stamps", progress) as running:
        result = running.result()
    assert (result.name, result.state) == ("kettle", "made")
    assert int(step.output.read_text(encoding="utf-8")) != os.getpid()
    assert (tmp_path / "stamps" / "kettle.json").is_file()
    assert "tea water: done in" in capfd.readouterr().err


def test_what_it_raises_is_raised_here(tmp_path: Path, progress: Progress) -> None:
    with (
        beside(Kettle(tmp_path / "out", "faulty"), tmp_path / "stamps", progress) as running,
        pytest.raises(DataError, match=r"kettle\.yml:3: not a kettle"),
    ):
        running.result()


def test_a_process_that_died_is_said(tmp_path: Path, progress: Progress) -> None:
    with (
        beside(Kettle(tmp_path / "out", "deadly"), tmp_path / "stamps", progress) as running,
        pytest.raises(ServiceDown, match=r"tea water: its process ended \(exit 9\)"),
    ):
        running.result()


def test_when_the_others_fail_it_is_stopped(tmp_path: Path, progress: Progress) -> None:
    step = Kettle(tmp_path / "out", "slow")
    with pytest.raises(KeyboardInterrupt):
        _interrupted(step, tmp_path / "stamps", progress)
    with pytest.raises(ProcessLookupError):
        os.kill(int(step.output.read_text(encoding="utf-8")), 0)
    assert not (tmp_path / "stamps" / "kettle.json").exists()


def _interrupted(step: Kettle, stamps: Path, progress: Progress) -> None:
    with beside(step, stamps, progress):
        while not step.made():
            time.sleep(0.05)
        raise KeyboardInterrupt
