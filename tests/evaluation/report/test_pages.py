from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from evaluation.cases import Case
from evaluation.figures import Wanted
from evaluation.floors import Floor
from evaluation.judging import judge
from evaluation.report.case_lists import MOST
from evaluation.report.html import write_page
from evaluation.report.markdown import markdown
from evaluation.report.record import write_record
from evaluation.report.result import About, Result
from evaluation.report.summary import summary
from tests.evaluation.made import asked, said

ODD = "<script>alert('买')</script>"
FLOORS = (Floor("topic.hit1", "", 0.99, most=False), Floor("topic.hit3", "", 0.0, most=False))


TOPICS = ("invoice/type", "shipping/delay")


def cases(wrong: int = 5) -> list[Case]:
    """Sixty messages, the first `wrong` of them with a wrong suggestion, and some turns of agents."""
    found: list[Case] = [
        asked(n, TOPICS[n % 2], "product/stock" if n < wrong else TOPICS[n % 2], text=ODD) for n in range(60)
    ]
    return [*found, said(100, "a.b"), said(101, found="a.c"), asked(102, automatic=True)]


def judged(several: Sequence[Case], baseline: Path | None = None) -> Result:
    return judge(lambda: iter(several), About({"files": "d.jsonl"}, Wanted(0.8)), baseline, FLOORS)


@pytest.fixture
def compared(tmp_path: Path) -> Result:
    """A run that is worse than the one before."""
    write_record(tmp_path / "before.json", judged(cases(5)))
    return judged(cases(25), tmp_path / "before.json")


def test_the_page_stands_alone_and_shows_what_counts(compared: Result, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    write_page(path, compared)
    page = path.read_text(encoding="utf-8")
    body = page[page.rindex("<body>") :]
    assert not re.search(r"<(?:link|script|img)[^>]*(?:src|href)=", page)
    assert ODD not in page
    assert "&lt;script&gt;alert" in body
    assert "1 of 2 floors do not hold" in body
    assert "topic.hit1: " in body
    assert "Against the run before" in body
    assert body.count("plotly-graph-div") == 4
    assert "a.b" in body
    assert "d24#24" in body  # a case that got worse


def test_long_lists_say_how_much_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    write_page(path, judged(cases(MOST + 7)))
    assert "and 7 more; the JSON of the run has them all" in path.read_text(encoding="utf-8")


def test_a_run_of_agents_turns_alone_has_a_page_too(tmp_path: Path) -> None:
    result = judged([said(0, "a.b", "a.b"), said(1)])
    write_page(tmp_path / "report.html", result)
    assert "rules.recall" in (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "rules.recall" in markdown(result)
    assert "rules.recall" in summary(result)


def test_markdown_has_figures_slices_rules_and_the_comparison(compared: Result) -> None:
    page = markdown(compared)
    assert "| `topic.hit1` | a right topic first | ↑ | 0.590 |" in page
    assert "| platform=tmall |" in page
    assert "| `a.b` | 1 | 0 | 0 |" in page
    assert "| `topic.hit1` | 0.918 | 0.590 | 0 | 20 |" in page
    assert page.count("|---") >= 4


def test_the_summary_says_floors_and_what_changed(compared: Result) -> None:
    text = summary(compared)
    assert "floors: 1 of 2 hold" in text
    assert "below: topic.hit1: 0.5902, must be at least 0.99" in text
    assert re.search(r"topic\.hit1 +0\.918 -> 0\.590 +worse \(p = .*, 0 better, 20 worse\)", text)
    assert "worse: d5#5" in text
    assert not compared.good


def test_labels_that_agree_by_chance_are_pointed_at() -> None:
    mixed = [
        asked(n, ("invoice/type", "shipping/delay")[n % 2], read=("invoice", "shipping")[n // 2 % 2]) for n in range(80)
    ]
    result = judged(mixed)
    assert result.suspect
    assert not result.good
    assert "no better than by chance" in summary(result)
