from __future__ import annotations

from pathlib import Path

import pytest

from retrieval.encoder.trainable import TrainableEncoder
from tests.cli.conftest import Huashu
from tests.compliance.learnt.corpus import CLAUSES, Letters, catalogue, write


@pytest.fixture
def measurable(huashu: Huashu, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Huashu:
    """Commands over the tiny corpus; its encoder of characters learns in place of the published one."""
    write(tmp_path / "data")
    monkeypatch.setenv("HUASHU_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(TrainableEncoder, "from_wheel", Letters)
    return huashu


def test_the_rules_are_measured(measurable: Huashu) -> None:
    ended = measurable("clauses", "measure", "--json")
    assert ended.code == 0
    labelled, ordinary, examples = ended.json["totals"]
    assert (labelled["breaches"], labelled["compliant"], ordinary["compliant"]) == (12, 12, 6)
    assert labelled["found_by_patterns"] <= labelled["found_joined"]
    assert (examples["breaches"], examples["found_by_patterns"]) == (3, 3)
    clauses = {row["name"]: row for row in ended.json["clauses"]}
    assert clauses["tmall.test.close"]["kind"] == "claim + state"
    assert [row["name"] for row in ended.json["unlabelled"]] == ["tmall.test.night"]


def test_the_page_is_written(measurable: Huashu, tmp_path: Path) -> None:
    ended = measurable("clauses", "measure", "--out", "docs/rules.md")
    assert ended.code == 0
    assert "labelled lines" in ended.out
    assert "4 clauses -> docs/rules.md" in ended.out
    assert "30 labelled lines and 6 examples" in ended.err
    assert (tmp_path / "docs" / "rules.md").read_text(encoding="utf-8").startswith("# How well the rules find breaches")


def test_too_few_lines_are_bad_input(measurable: Huashu, tmp_path: Path) -> None:
    data = tmp_path / "data"
    (data / "agent_lines" / "lines.jsonl").unlink()
    catalogue(data / "clauses", "clauses:\n" + CLAUSES[CLAUSES.index("  - id: tmall.test.night") :])
    ended = measurable("clauses", "measure")
    assert (ended.code, ended.out) == (2, "")
    assert "too few lines" in ended.err
