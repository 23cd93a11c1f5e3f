from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from compliance.catalogue import Catalogue
from compliance.rulebook import COMMAND, rulebook, section
from contracts.clause import Clause, Example


@pytest.fixture(scope="module")
def page(catalogue: Catalogue) -> str:
    return rulebook(catalogue)


@pytest.fixture(scope="module")
def clause(catalogue: Catalogue) -> Clause:
    return catalogue.require("tmall.invoice.must-issue-free")


def test_the_page_in_docs_is_what_the_catalogue_gives(page: str, project: Path) -> None:
    written = (project / "docs" / "rules.md").read_text(encoding="utf-8")
    assert written == page, f"docs/rules.md is not what data/clauses gives: run `{COMMAND}`"


def test_every_clause_stands_on_the_page_once(page: str, catalogue: Catalogue) -> None:
    headings = re.findall(r"^### (.+)$", page, re.MULTILINE)
    assert sorted(headings) == sorted(clause.id for clause in catalogue.clauses)
    assert all(section(catalogue, clause) in page for clause in catalogue.clauses)


def test_chapters_go_from_all_platforms_to_one(page: str) -> None:
    chapters = re.findall(r"^## (\S+)", page, re.MULTILINE)
    order = ["目录", "所有平台", "几个平台", "天猫", "淘宝", "京东", "拼多多", "抖音", "快手"]
    assert chapters == [name for name in order if name in chapters]
    assert len(chapters) >= 8


def test_the_contents_count_the_clauses(page: str, catalogue: Catalogue) -> None:
    rows = {
        cells[0].strip("[ "): cells[1:] for cells in re.findall(r"^\| ([^|]+) \| (\d+) \| (\d+) ", page, re.MULTILINE)
    }
    total = rows.pop("合计")
    assert int(total[0]) == len(catalogue.clauses)
    chapters = [int(row[0]) for name, row in rows.items() if "](#" in name]
    assert sum(chapters) == len(catalogue.clauses)
    own = {name: int(row[0]) for name, row in rows.items() if "](#" not in name}
    assert own["天猫 tmall"] == sum(1 for clause in catalogue.clauses if "tmall" in clause.platforms)


def test_links_of_the_contents_lead_to_chapters(page: str) -> None:
    titles = {title.lower().replace(" ", "-") for title in re.findall(r"^## (.+)$", page, re.MULTILINE)}
    links = re.findall(r"\]\(#([^)]+)\)", page)
    assert links
    assert set(links) <= titles


def test_a_section_says_everything_about_its_clause(catalogue: Catalogue, clause: Clause) -> None:
    words = section(catalogue, clause)
    for part in (clause.id, clause.statement_zh, clause.penalty, clause.why, clause.instead, "拦下", "未核实", "天猫"):
        assert part in words


def test_three_examples_of_each_kind_and_one_in_its_state(catalogue: Catalogue, clause: Clause) -> None:
    words = section(catalogue, clause)
    assert words.count("\n  - ") == 6
    assert words.count("\n  - （买家刚说“") == 2
    only_staged = replace(
        clause, violating=tuple(Example(f"不行{number}", {"order.presale": True}) for number in range(5))
    )
    assert section(catalogue, only_staged).count("（预售）`不行") == 3


def test_nothing_in_a_clause_is_read_as_markup(catalogue: Catalogue, clause: Clause) -> None:
    strange = replace(clause, why="a*b_c<d>\n- e", violating=(Example("`x` *y*"),))
    words = section(catalogue, strange)
    assert r"- 为什么：a\*b\_c\<d\> - e" in words
    assert "  - `` `x` *y* ``" in words
