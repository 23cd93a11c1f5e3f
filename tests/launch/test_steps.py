from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pytest

from contracts.errors import InputError
from launch.progress import Progress
from launch.steps import StepResult, perform


class Baker:
    """A step that writes its input into a file, or fails half way."""

    title = "bread"

    def __init__(self, folder: Path, flour: str = "rye", name: str = "bread") -> None:
        self.name = name
        self.flour = flour
        self.fails = False
        self.runs = 0
        self.output = folder / name

    def fingerprint(self) -> str:
        return self.flour

    def made(self) -> bool:
        return self.output.exists()

    def run(self, progress: Progress) -> None:
        self.runs += 1
        progress.say("kneading")
        if self.fails:
            raise InputError("no yeast")
        self.output.write_text(self.flour)


@pytest.fixture
def stamps(tmp_path: Path) -> Path:
    return tmp_path / "stamps"


def states(results: Sequence[StepResult]) -> list[str]:
    return [result.state for result in results]


def test_a_done_step_is_kept(tmp_path: Path, stamps: Path, progress: Progress) -> None:
    baker = Baker(tmp_path)
    assert states(perform([baker], stamps, progress)) == ["made"]
    assert states(perform([baker], stamps, progress)) == ["kept"]
    assert baker.runs == 1


def test_other_input_or_lost_output_makes_it_again(tmp_path: Path, stamps: Path, progress: Progress) -> None:
    baker = Baker(tmp_path)
    perform([baker], stamps, progress)
    baker.flour = "wheat"
    assert states(perform([baker], stamps, progress)) == ["made"]
    baker.output.unlink()
    assert states(perform([baker], stamps, progress)) == ["made"]
    assert baker.output.read_text() == "wheat"


def test_only_success_counts_and_the_next_run_resumes(tmp_path: Path, stamps: Path, progress: Progress) -> None:
    first, second = Baker(tmp_path, name="first"), Baker(tmp_path, name="second")
    second.fails = True
    with pytest.raises(InputError, match="no yeast"):
        perform([first, second], stamps, progress)
    second.fails = False
    assert states(perform([first, second], stamps, progress)) == ["kept", "made"]
    assert (first.runs, second.runs) == (1, 2)


def test_a_failed_renewal_does_not_keep_the_old_stamp(tmp_path: Path, stamps: Path, progress: Progress) -> None:
    baker = Baker(tmp_path)
    perform([baker], stamps, progress)
    baker.flour, baker.fails = "wheat", True
    with pytest.raises(InputError):
        perform([baker], stamps, progress)
    baker.flour, baker.fails = "rye", False
    assert states(perform([baker], stamps, progress)) == ["made"]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"fingerprint": 1}'])
def test_a_broken_stamp_means_not_done(tmp_path: Path, stamps: Path, progress: Progress, content: str) -> None:
    baker = Baker(tmp_path)
    perform([baker], stamps, progress)
    (stamps / "bread.json").write_text(content)
    assert states(perform([baker], stamps, progress)) == ["made"]


def test_progress_is_shown(tmp_path: Path, stamps: Path, progress: Progress, out: io.StringIO) -> None:
    perform([Baker(tmp_path)], stamps, progress)
    assert "kneading" in out.getvalue()
    assert "bread: done" in out.getvalue()
