from __future__ import annotations

import json
from pathlib import Path

import pytest

from contracts.errors import DataError
from evaluation.cases import Case
from evaluation.figures import Wanted
from evaluation.judging import judge
from evaluation.report.record import read_cases, write_record
from evaluation.report.result import About, Result
from tests.evaluation.made import asked, said

CASES: list[Case] = [
    asked(0),
    asked(1, "shipping/delay", "product/stock", text='他说"好"</script>\n换行', day=None),
    asked(2, "out_of_scope/other", "", out_of_scope=0.9),
    said(3, "a.b", "a.b"),
    said(4),
]


@pytest.fixture
def result() -> Result:
    return judge(lambda: iter(CASES), About({"files": "d.jsonl"}, Wanted(0.8)))


def test_a_run_can_be_read_back_case_by_case(result: Result, tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    write_record(path, result)
    assert list(read_cases(path)) == CASES


def test_it_is_plain_json_too(result: Result, tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    write_record(path, result)
    whole = json.loads(path.read_text(encoding="utf-8"))
    assert whole["figures"]["topic.hit1"] == {
        "value": 0.5,
        "low": 0.0,
        "high": 1.0,
        "cases": 2,
        "dialogues": 2,
        "more_is_better": True,
        "title": "a right topic first",
    }
    assert whole["figures"]["auto.coverage"]["value"] == 0.0
    assert whole["cases"][1]["scores"]["topic.hit1"] == 0.0
    assert whole["clauses"] == {"a.b": {"breaches": 1, "found": 1, "false_alarms": 0}}
    assert whole["confusion"]["intents"] == ["invoice", "shipping", "out_of_scope"]
    assert whole["confusion"]["counts"] == [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    assert whole["comparison"] is None
    json.dumps(whole, allow_nan=False)


def test_a_baseline_is_compared_with(result: Result, tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    write_record(path, result)
    again = judge(lambda: iter(CASES), result.about, path)
    assert again.comparison is not None
    assert len(again.comparison.pairing.after) == len(CASES)
    write_record(path, again)
    whole = json.loads(path.read_text(encoding="utf-8"))
    assert whole["comparison"]["figures"]["topic.hit1"]["verdict"] == "no difference"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "was not written by `huashu evaluate --json`"),
        ("{}", "was not written by"),
        ('{"version": 9, "cases": [\n]}\n', "version 9 is not known"),
        ('{"version": 1, "cases": [\n{"kind": "asked"}\n]}\n', "run.json:2"),
        ('{"version": 1, "cases": [\nnonsense\n]}\n', "is no case"),
        ('{"version": 1, "cases": [\n[]\n]}\n', "is no case"),
        ('{"version": 1, "cases": [\n', "was cut off"),
    ],
)
def test_what_is_no_run_is_refused(content: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        list(read_cases(path))
    assert message in str(caught.value)
    assert "run.json" in str(caught.value)


def test_a_run_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        list(read_cases(tmp_path / "none.json"))
