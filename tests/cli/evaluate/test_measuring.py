from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evaluation.running.asking import Asker
from tests.cli.conftest import Ended, Huashu
from tests.evaluation.written import agent, buyer, labelled_record, write_lines

QUESTIONS = (
    ("能开专票吗", "invoice/type"),
    ("啥时候发货", "shipping/dispatch_time"),
    ("能开发票吗", "invoice/issue"),
    ("在吗", "greet/hello"),
)
Measure = Callable[..., Ended]


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    """Eight dialogues with a question each, and an agent's answer that breaks nothing."""
    records = [
        labelled_record(id=f"d{n}", turns=[buyer(*QUESTIONS[n % 4], clear="1"), agent("好的", "")]) for n in range(8)
    ]
    return write_lines(tmp_path / "labelled.jsonl", records)


@pytest.fixture
def measure(huashu: Huashu, labelled: Path, tmp_path: Path) -> Measure:
    """`huashu evaluate` on these dialogues, without Rasa, on one core."""

    def run(*arguments: str, file: Path | None = None) -> Ended:
        spool = str(tmp_path / "spool.jsonl")
        return huashu("evaluate", str(file or labelled), "--no-rasa", "--jobs", "1", "--spool", spool, *arguments)

    return run


def floors(path: Path, value: float) -> str:
    path.write_text(f"floors:\n  - {{figure: topic.hit3, at_least: {value}}}\n", encoding="utf-8")
    return str(path)


def test_it_prints_figures_and_writes_reports(measure: Measure, tmp_path: Path) -> None:
    page, record, markdown = (tmp_path / name for name in ("out.html", "out.json", "out.md"))
    ended = measure("--report", str(page), "--json", str(record), "--markdown", str(markdown))
    assert ended.code == 0
    assert "topic.hit3" in ended.out
    assert "read by retrieval alone" in ended.out
    whole = json.loads(record.read_text(encoding="utf-8"))
    assert (whole["about"]["dialogues"], whole["about"]["messages"], whole["about"]["agents' turns"]) == ("8", "8", "8")
    assert len(whole["cases"]) == 16
    assert whole["figures"]["topic.hit3"]["value"] == 1.0
    assert page.stat().st_size > 1_000_000
    assert "# Evaluation" in markdown.read_text(encoding="utf-8")
    assert not (tmp_path / "spool.jsonl").exists()


def test_a_floor_that_does_not_hold_ends_with_one(measure: Measure, tmp_path: Path) -> None:
    good = measure("--floors", floors(tmp_path / "good.yml", 0.5))
    assert (good.code, "floors: 1 of 1 hold" in good.out) == (0, True)
    bad = measure("--floors", floors(tmp_path / "bad.yml", 1.5))
    assert (bad.code, "below: topic.hit3: 1.0000, must be at least 1.5" in bad.out) == (1, True)


def test_a_run_is_compared_with_the_one_before(measure: Measure, tmp_path: Path) -> None:
    record = str(tmp_path / "before.json")
    assert measure("--json", record).code == 0
    ended = measure("--baseline", record)
    assert ended.code == 0
    assert "against the run before, 16 cases that both have with the same labels:\n  no figure differs" in ended.out


def unlabelled(tmp_path: Path) -> Path:
    return write_lines(tmp_path / "none.jsonl", [labelled_record(turns=[buyer("在吗")])])


def one_class(tmp_path: Path) -> Path:
    records = [labelled_record(id=f"d{n}", turns=[buyer("能开专票吗", "invoice/type")]) for n in range(3)]
    return write_lines(tmp_path / "one.jsonl", records)


def unknown(tmp_path: Path) -> Path:
    turns = [buyer("能开专票吗", "invoice/kind")]
    return write_lines(tmp_path / "unknown.jsonl", [labelled_record(), labelled_record(id="d2", turns=turns)])


WRONG: list[tuple[Callable[[Path], Path], str]] = [
    (lambda tmp_path: write_lines(tmp_path / "empty.jsonl", []), "hold no dialogue"),
    (unlabelled, "none of the 1 dialogues has a label"),
    (one_class, "every message has the main intent 'invoice'"),
    (unknown, "unknown.jsonl:2: d2: turns[0].topics: unknown topic 'invoice/kind'"),
    (lambda tmp_path: tmp_path / "nothing.jsonl", "nothing.jsonl: cannot be read"),
    (lambda tmp_path: write_lines(tmp_path / "broken.jsonl", ["{"]), "broken.jsonl:1: is not JSON"),
]


@pytest.mark.parametrize(("make", "message"), WRONG)
def test_what_cannot_be_measured_is_bad_input_and_no_perfect_score(
    make: Callable[[Path], Path], message: str, measure: Measure, tmp_path: Path
) -> None:
    ended = measure("--json", str(tmp_path / "out.json"), file=make(tmp_path))
    assert ended.code == 2
    assert message in ended.err
    assert not (tmp_path / "out.json").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--engine", "spark"], "unknown engine 'spark'; known: local, ray"),
        (["--baseline", "none.json"], "none.json: cannot be read"),
        (["--floors", "none.yml"], "none.yml: cannot be read"),
        (["--learn"], "go with --from-audit"),
    ],
)
def test_an_option_that_makes_no_sense_is_bad_input(arguments: list[str], message: str, measure: Measure) -> None:
    ended = measure(*arguments)
    assert ended.code == 2
    assert message in ended.err


def test_a_file_is_named_once(huashu: Huashu, labelled: Path) -> None:
    ended = huashu("evaluate", str(labelled), str(labelled), "--no-rasa")
    assert ended.code == 2
    assert "is named twice" in ended.err


def test_without_files_there_must_be_dialogues_in_data(huashu: Huashu) -> None:
    ended = huashu("evaluate", "--no-rasa")
    assert ended.code == 2
    assert "holds no dialogues" in ended.err


def test_a_run_that_was_stopped_goes_on(measure: Measure, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The run is stopped after some dialogues; the next one asks only what is left and finds the same."""
    whole = tmp_path / "whole.json"
    assert measure("--json", str(whole)).code == 0
    asked: list[str] = []
    real = Asker.cases

    def stopped(self: Asker, labelled: Any) -> Any:
        asked.append(labelled.dialogue.id)
        if len(asked) == 6:
            raise KeyboardInterrupt
        return real(self, labelled)

    monkeypatch.setattr("evaluation.running.run.BATCH", 1)
    monkeypatch.setattr(Asker, "cases", stopped)
    assert measure().code == 130
    resumed = tmp_path / "resumed.json"
    ended = measure("--resume", "--json", str(resumed))
    assert ended.code == 0
    assert asked[6:] == ["d5", "d6", "d7"]
    first, second = (json.loads(path.read_text(encoding="utf-8"))["figures"] for path in (whole, resumed))
    assert {name: value for name, value in first.items() if "latency" not in name} == {
        name: value for name, value in second.items() if "latency" not in name
    }


def test_other_dialogues_are_no_run_to_go_on_with(measure: Measure, labelled: Path, tmp_path: Path) -> None:
    (tmp_path / "spool.jsonl").write_text('{"run": "another"}\n', encoding="utf-8")
    ended = measure("--resume")
    assert ended.code == 2
    assert "is of another run" in ended.err
    assert labelled.exists()
