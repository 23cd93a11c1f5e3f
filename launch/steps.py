"""Steps of the set-up: each runs when its inputs changed or its outputs are gone, and counts only when it finished."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from files.atomic import write_text
from launch.progress import Progress


class Step(Protocol):
    """One thing that has to be made once, and again when its inputs change."""

    @property
    def name(self) -> str:
        """Short and fit for a file name."""

    @property
    def title(self) -> str:
        """What a person reads while it runs."""

    def fingerprint(self) -> str:
        """Of all its inputs; asked after the steps before it are done."""

    def made(self) -> bool:
        """Whether its outputs are there; asked only when the fingerprint is the one they were made from."""

    def run(self, progress: Progress) -> None:
        """Make the outputs, whole or not at all. Raises HuashuError with what to do."""


@dataclass(frozen=True)
class StepResult:
    """How a step went: it was made now, had been made before, or failed where the service can do without it."""

    name: str
    state: Literal["made", "kept", "failed"]
    seconds: float


def perform(steps: Sequence[Step], stamps: Path, progress: Progress) -> tuple[StepResult, ...]:
    """Run in order what is not done; `stamps` is the folder that remembers it. Raises what a step raises."""
    return tuple(_perform(step, _stamp(step, stamps), progress) for step in steps)


def due(step: Step, stamps: Path) -> bool:
    """Whether the step has to run."""
    return _stamped(_stamp(step, stamps)) != step.fingerprint() or not step.made()


def _stamp(step: Step, stamps: Path) -> Path:
    return stamps / f"{step.name}.json"


def _perform(step: Step, stamp: Path, progress: Progress) -> StepResult:
    start = time.monotonic()
    fingerprint = step.fingerprint()
    if _stamped(stamp) == fingerprint and step.made():
        return StepResult(step.name, "kept", time.monotonic() - start)
    progress.say(f"{step.title} ...")
    stamp.unlink(missing_ok=True)
    step.run(progress)
    seconds = time.monotonic() - start
    write_text(stamp, json.dumps({"fingerprint": fingerprint, "seconds": round(seconds, 1)}))
    progress.say(f"{step.title}: done in {seconds:.1f} s")
    return StepResult(step.name, "made", seconds)


def _stamped(stamp: Path) -> str:
    try:
        content = json.loads(stamp.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ""
    return str(content.get("fingerprint", "")) if isinstance(content, dict) else ""
