from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Huashu


def test_coverage_is_a_problem_too(huashu: Huashu) -> None:
    ended = huashu("replies", "lint")
    assert ended.code == 1
    assert ended.out == "invoice/type: has no reply for every state on pdd, douyin, kuaishou\n5 replies, 1 problems\n"


def test_the_shipped_library_has_no_problems(huashu: Huashu, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HUASHU_DATA")
    ended = huashu("replies", "lint", "--json")
    assert ended.json["problems"] == []
    assert ended.json["replies"] >= 120
    assert ended.code == 0


def test_problems_are_listed_and_exit_1(huashu: Huashu, own_data: Path) -> None:
    file = own_data / "replies" / "invoice.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text
        + "  - id: invoice.issue.odd\n    topic: invoice/issue\n    platforms: [tmall]\n    text: 要票的话你得加6个点\n"
        "    questions: [能开票不]\n    approved: {by: demo, on: 2026-11-21}\n",
        encoding="utf-8",
    )
    ended = huashu("replies", "lint")
    assert ended.code == 1
    assert "invoice.issue.odd: says 你 to the buyer" in ended.out
    assert "invoice.issue.odd: breaks " in ended.out
    assert "6 replies, 3 problems" in ended.out


def test_what_is_only_advised_does_not_fail(huashu: Huashu, own_data: Path) -> None:
    for name in ("invoice", "shipping"):
        file = own_data / "replies" / f"{name}.yml"
        text = file.read_text(encoding="utf-8").replace("专票普票都能开", "专票普票绝对都能开")
        file.write_text(text.replace("[tmall, taobao, jd]", "[all]"), encoding="utf-8")
    ended = huashu("replies", "lint")
    assert ended.out == "advice: invoice.type.both: all.wording.absolute: 绝对的话容易被投诉。\n5 replies, 0 problems\n"
    assert ended.code == 0
    assert len(huashu("replies", "lint", "--json").json["advice"]) == 1


def test_coverage_counts_topic_by_platform(huashu: Huashu) -> None:
    ended = huashu("replies", "coverage")
    assert ended.code == 0
    lines = {line.split()[0]: line.split()[1:] for line in ended.out.splitlines()[:-1]}
    assert lines["topic"] == ["tmall", "taobao", "jd", "pdd", "douyin", "kuaishou"]
    assert lines["shipping/dispatch_time"] == ["1+1/0+0"] * 6
    assert lines["invoice/type"] == ["1+0/1+0"] * 3 + ["0+0/0+0"] * 3


def test_coverage_as_json(huashu: Huashu) -> None:
    (row,) = huashu("replies", "coverage", "--topic", "invoice/type", "--json").json
    assert row["topic"] == "invoice/type"
    assert row["platforms"]["jd"] == {
        "day": {"every_state": 1, "by_state": 0},
        "night": {"every_state": 1, "by_state": 0},
    }
    assert len(huashu("replies", "coverage", "--topic", "invoice", "--json").json) == 2


def test_coverage_of_an_unknown_topic_is_bad_input(huashu: Huashu) -> None:
    assert huashu("replies", "coverage", "--topic", "colour").code == 2
