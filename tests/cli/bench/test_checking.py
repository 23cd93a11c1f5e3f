from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Huashu

LINE = '{"id": "a.1", "platform": "tmall", "text": "发票免费开的", "context": {}, "violates": [], "about": "none"}\n'
NEAR = LINE.replace("a.1", "a.2").replace('"none"', '"tmall.invoice.refused"')


@pytest.fixture
def own_data(small_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the small data."""
    folder = tmp_path / "data"
    shutil.copytree(small_data, folder)
    monkeypatch.setenv("HUASHU_DATA", str(folder))
    return folder


def test_the_cost_is_shown_for_parts_of_the_catalogue(huashu: Huashu, own_data: Path) -> None:
    (own_data / "agent_lines").mkdir()
    (own_data / "agent_lines" / "a.jsonl").write_text(LINE, encoding="utf-8")
    ended = huashu("bench", "check", "-n", "10", "--json")
    assert ended.code == 0
    assert "without the learnt rules" in ended.err
    counts = [row["clauses"] for row in ended.json["rows"]]
    assert counts == sorted(counts)
    assert {row["texts"] for row in ended.json["rows"]} == {"ordinary"}
    assert all(0 < row["p50"] <= row["p99"] for row in ended.json["rows"])
    assert "one core; milliseconds" in huashu("bench", "check", "-n", "10").out


def test_texts_near_a_rule_are_told_from_ordinary_ones(huashu: Huashu, own_data: Path) -> None:
    (own_data / "agent_lines").mkdir()
    (own_data / "agent_lines" / "a.jsonl").write_text(LINE + NEAR, encoding="utf-8")
    rows = huashu("bench", "check", "-n", "10", "--json").json["rows"]
    assert [row["texts"] for row in rows] == ["about a rule"] * 3 + ["ordinary"]


def test_without_lines_there_is_nothing_to_check(huashu: Huashu, own_data: Path) -> None:
    (own_data / "agent_lines").mkdir()
    ended = huashu("bench", "check")
    assert ended.code == 2
    assert "no line to check" in ended.err
