from __future__ import annotations

from pathlib import Path

import pytest

from contracts.errors import DataError
from evaluation.figures import Wanted, compute, compute_slices
from evaluation.floors import breaches, load_floors
from evaluation.measures import MEANS
from evaluation.statistics.bootstrap import Draws
from evaluation.table import TableBuilder
from tests.evaluation.made import asked

CASES = [asked(0), asked(1, "shipping/delay", "product/stock", clear="0"), asked(2), asked(3)]


def broken(tmp_path: Path, *floors: str) -> list[str]:
    path = tmp_path / "floors.yml"
    path.write_text("floors:\n" + "".join(f"  - {{{floor}}}\n" for floor in floors), encoding="utf-8")
    table, draws = TableBuilder.of(CASES), Draws(4, times=10)
    found = breaches(load_floors(path), compute(table, Wanted(0.8), draws), compute_slices(table, draws))
    return [str(breach) for breach in found]


def test_a_floor_that_holds_is_silent(tmp_path: Path) -> None:
    assert broken(tmp_path, "figure: topic.hit1, at_least: 0.75", "figure: abstain.wrong, at_most: 0") == []


def test_what_lies_below_is_named(tmp_path: Path) -> None:
    assert broken(tmp_path, "figure: topic.hit1, at_least: 0.76") == ["topic.hit1: 0.7500, must be at least 0.76"]
    assert broken(tmp_path, "figure: latency.total.p50, at_most: 5") == ["latency.total.p50: 6.0000, must be at most 5"]


def test_a_floor_may_be_of_a_slice(tmp_path: Path) -> None:
    assert broken(tmp_path, "figure: topic.hit1, slice: clear=clear, at_least: 1") == []
    floor = "figure: topic.hit1, slice: clear=needs its context, at_least: 0.5"
    assert broken(tmp_path, floor) == ["topic.hit1 (clear=needs its context): 0.0000, must be at least 0.5"]


@pytest.mark.parametrize("figure", ["rules.recall", "intent.oos_auroc", "no.such"])
def test_what_was_not_measured_holds_no_floor(tmp_path: Path, figure: str) -> None:
    assert broken(tmp_path, f"figure: {figure}, at_least: 0") == [f"{figure}: was not measured, must be at least 0"]


@pytest.mark.parametrize(
    ("floor", "message"),
    [
        ("figure: a.b", "say either at_least or at_most"),
        ("figure: a.b, at_least: 1, at_most: 2", "say either at_least or at_most"),
        ("figure: a.b, at_least: .nan", "floors.yml:2"),
        ("figure: a.b, min: 1", "unknown key"),
        ("at_least: 1", "figure"),
    ],
)
def test_a_floor_that_says_nothing_is_refused(tmp_path: Path, floor: str, message: str) -> None:
    with pytest.raises(DataError, match=r"floors\.yml:2") as caught:
        broken(tmp_path, floor)
    assert message in str(caught.value)


def test_a_floor_stands_once(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="is given twice"):
        broken(tmp_path, "figure: a.b, at_least: 1", "figure: a.b, at_least: 0.5")


def test_the_floors_of_the_project_name_figures_that_there_are(data: Path) -> None:
    known = {measure.name for measure in MEANS} | {
        "intent.macro_f1", "intent.oos_auroc", "intent.ece", "auto.precision", "auto.coverage", "auto.reach",
    }  # fmt: skip
    floors = load_floors(data / "floors.yml")
    assert {floor.figure for floor in floors} <= known
    assert len(floors) > 5
