"""Running one peer in a child process and reading what it left."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from evaluation.peers.job import Answered, Facts, Job, read_answers, read_facts

Tell = Callable[[int], None]
"""Is told how many messages have been answered."""

MODULE = "evaluation.peers.child"


@dataclass(frozen=True)
class Outcome:
    """What a peer answered and what it took; `failure` says why there is nothing.

    `megabytes` is what its processes held after the last message, `facts.peak_megabytes` what the child held at most.
    """

    answers: Sequence[Answered] = ()
    facts: Facts = field(default_factory=Facts)
    megabytes: int = 0
    failure: str = ""


@dataclass(frozen=True)
class Place:
    """Where children run: the project, the interpreter, what the environment adds, and processes that serve them."""

    project: Path
    python: Path
    environment: Mapping[str, str]
    beside: Sequence[psutil.Process] = ()


def run_peer(name: str, job: Job, place: Place, tell: Tell, module: str = MODULE) -> Outcome:
    """The outcome of one peer; what it wrote to standard error is the failure of one that died."""
    with tempfile.TemporaryDirectory(prefix="huashu-peer-") as folder, tempfile.TemporaryFile("w+") as errors:
        job.write(Path(folder))
        command = [str(place.python), "-m", module, name, folder]
        with subprocess.Popen(
            command,
            cwd=place.project,
            env={**place.environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            errors="replace",
        ) as child:
            try:
                megabytes = _follow(child, place.beside, tell)
            except BaseException:
                child.kill()
                raise
        facts = read_facts(Path(folder))
        if facts is None or child.returncode != 0:
            errors.seek(0)
            return Outcome(failure=_last_line(errors.read(), child.returncode))
        if facts.missing:
            return Outcome(facts=facts, failure=facts.missing)
        return Outcome(read_answers(Path(folder)), facts, megabytes)


def _follow(child: subprocess.Popen[str], beside: Sequence[psutil.Process], tell: Tell) -> int:
    """Megabytes when it had finished; 0 when it ended before."""
    megabytes = 0
    for line in child.stdout or ():
        word, _, number = line.strip().partition(" ")
        if word == "asked" and number.isdecimal():
            tell(int(number))
        elif word == "finished" and child.stdin is not None:
            megabytes = _megabytes([psutil.Process(child.pid), *beside])
            child.stdin.write("\n")
            child.stdin.flush()
    return megabytes


def _megabytes(processes: Sequence[psutil.Process]) -> int:
    return round(sum(process.memory_info().rss for process in processes) / 1024**2)


def _last_line(errors: str, code: int | None) -> str:
    lines = [line.strip() for line in errors.splitlines() if line.strip()]
    return lines[-1] if lines else f"it ended with exit {code} and said nothing"
