from __future__ import annotations

from pathlib import Path

import pytest

from compliance.catalogue import Catalogue, load_catalogue
from compliance.rulebook import rulebook, section
from contracts.platform import Platform
from tests.cli.conftest import Huashu


@pytest.fixture(scope="module")
def catalogue(small_data: Path) -> Catalogue:
    return load_catalogue(small_data / "clauses")


def test_every_rule_is_listed(huashu: Huashu, catalogue: Catalogue) -> None:
    ended = huashu("clauses", "list")
    assert ended.code == 0
    assert ended.out.splitlines()[-1] == f"{len(catalogue.clauses)} clauses"
    assert all(clause.id in ended.out for clause in catalogue.clauses)


@pytest.mark.parametrize("platform", list(Platform))
def test_the_rules_of_one_platform(huashu: Huashu, catalogue: Catalogue, platform: Platform) -> None:
    ended = huashu("clauses", "list", "--platform", platform.value, "--json")
    assert [entry["id"] for entry in ended.json] == [clause.id for clause in catalogue.for_platform(platform)]


def test_one_rule_whole(huashu: Huashu, catalogue: Catalogue) -> None:
    clause = catalogue.clauses[0]
    shown = huashu("clauses", "show", clause.id, "--json").json
    assert shown["id"] == clause.id
    assert shown["severity"] == clause.severity.value
    assert shown["hint"] is False
    assert shown["statement"] == clause.statement_zh
    assert shown["violating"] == [example.text for example in clause.violating]
    assert shown["compliant"] == [example.text for example in clause.compliant]
    assert huashu("clauses", "show", clause.id).out == section(catalogue, clause)


def test_the_page_of_rules_is_written_whole(huashu: Huashu, catalogue: Catalogue, tmp_path: Path) -> None:
    page = rulebook(catalogue)
    written = huashu("clauses", "docs", "--out", "docs/rules.md", "--json")
    assert written.code == 0
    assert written.json == {"clauses": len(catalogue.clauses), "out": "docs/rules.md"}
    assert (tmp_path / "docs" / "rules.md").read_text(encoding="utf-8") == page
    assert huashu("clauses", "docs").out == page
    assert huashu("clauses", "docs", "--json").json["page"] == page
    assert "-> docs/rules.md" in huashu("clauses", "docs", "--out", "docs/rules.md").out


def test_a_page_that_cannot_be_written_is_bad_input(huashu: Huashu, tmp_path: Path) -> None:
    ended = huashu("clauses", "docs", "--out", str(tmp_path))
    assert (ended.code, ended.out) == (2, "")
    assert "is a folder" in ended.err


@pytest.mark.parametrize(
    ("name", "verified"), [("tmall.invoice.free", "unverified"), ("all.wording.absolute", "2026-11-21")]
)
def test_a_rule_nobody_compared_with_the_platform_says_so(huashu: Huashu, name: str, verified: str) -> None:
    assert huashu("clauses", "show", name, "--json").json["verified_on"] == verified


def test_an_unknown_rule_or_platform_is_bad_input(huashu: Huashu) -> None:
    for arguments, says in ((["show", "a.b"], "unknown clause 'a.b'"), (["list", "--platform", "x"], "platform 'x'")):
        ended = huashu("clauses", *arguments)
        assert (ended.code, ended.out) == (2, "")
        assert says in ended.err
