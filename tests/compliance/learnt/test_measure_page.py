from __future__ import annotations

from pathlib import Path

import pytest

from compliance.learnt.measure_page import Measured, page, share
from compliance.learnt.measuring import Teacher, outcomes
from tests.compliance.learnt.corpus import Letters, catalogue, lines


@pytest.fixture
def measured(tmp_path: Path) -> Measured:
    known = catalogue(tmp_path)
    return Measured.of(known, outcomes(lines(), known, Teacher(Letters, print)), 2)


def test_labelled_clauses_stand_apart_from_those_with_examples_only(measured: Measured) -> None:
    assert [row.name for row in measured.clauses] == ["tmall.test.invoice", "tmall.test.close", "none"]
    assert [row.name for row in measured.unlabelled] == ["tmall.test.night"]
    assert [row.name for row in measured.kinds] == ["claim", "claim + state"]


def test_the_page_has_a_table_for_each(measured: Measured) -> None:
    text = page(measured)
    assert text.count("\n|---|") == 4
    assert "2 cores on the lines" in text
    assert "huashu clauses measure --out docs/benchmarks/rules.md" in text
    for row in (*measured.totals, *measured.kinds, *measured.clauses, *measured.unlabelled):
        assert f"| {row.name} |" in text
    tables = [line for line in text.splitlines() if line.startswith("|")]
    assert {line.count("|") for line in tables} == {7, 8}


def test_a_share_of_nothing_is_none() -> None:
    assert share(1, 4) == "1/4 (0.25)"
    assert share(0, 0) == "-"
