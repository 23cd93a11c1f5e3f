from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from evaluation.peers.job import Job, Options
from evaluation.peers.protocol import Ask, Canned, Hit
from evaluation.peers.running import Outcome, Place, run_peer

JOB = Job(
    [Canned(name, "invoice/issue", frozenset({"jd"}), "可以开票", ("能开票吗",)) for name in "abc"],
    [Ask("d1#0", "开票", "jd"), Ask("d2#0", "开票", "tmall")],
    Options(k=2),
)


def _run(project: Path, name: str, counted: list[int] | None = None) -> Outcome:
    place = Place(project, Path(sys.executable), os.environ, [psutil.Process()])
    counts = counted if counted is not None else []
    return run_peer(name, JOB, place, counts.append, "tests.evaluation.peers.small_child")


def test_what_a_child_answered_and_took(project: Path) -> None:
    counted: list[int] = []
    outcome = _run(project, "first", counted)
    assert outcome.failure == ""
    assert [(given.ask_id, given.hits) for given in outcome.answers] == [
        ("d1#0", (Hit("a", 0.5), Hit("b", 0.5))),
        ("d2#0", ()),
    ]
    assert all(given.milliseconds > 0 for given in outcome.answers)
    assert counted == [1, 2]
    assert outcome.facts.peak_megabytes > 0
    assert outcome.megabytes > outcome.facts.peak_megabytes  # with the process beside it


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("missing", "there is no such thing here"),
        ("not-installed", "the package txtai is not installed; `make peers` installs it"),
        ("dying", "ValueError: it had enough"),
    ],
)
def test_why_a_child_could_not_run(project: Path, name: str, why: str) -> None:
    outcome = _run(project, name)
    assert outcome.failure == why
    assert outcome.answers == ()


def test_a_child_ends_with_its_parent(project: Path, tmp_path: Path) -> None:
    JOB.write(tmp_path)
    command = [sys.executable, "-m", "tests.evaluation.peers.small_child", "slow", str(tmp_path)]
    with subprocess.Popen(command, cwd=project, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as child:
        assert child.stdin is not None
        child.stdin.close()
        assert child.wait(120) == 1
