from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from retrieval.building import open_library
from retrieval.library import Library
from tests.cli.conftest import Huashu


@pytest.fixture
def library(small_data: Path) -> Library:
    return open_library(small_data)


@pytest.fixture
def own_data(small_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the small data that the command reads in its place."""
    folder = tmp_path / "data"
    shutil.copytree(small_data, folder)
    monkeypatch.setenv("HUASHU_DATA", str(folder))
    return folder


def test_every_reply_is_listed(huashu: Huashu, library: Library) -> None:
    ended = huashu("replies", "list")
    assert ended.code == 0
    assert ended.out.splitlines()[-1] == f"{len(library)} replies"
    assert all(reply.id in ended.out for reply in library.replies)


@pytest.mark.parametrize(("topic", "under"), [("invoice", "invoice/"), ("invoice/issue", "invoice/issue")])
def test_the_list_by_platform_and_topic(huashu: Huashu, library: Library, topic: str, under: str) -> None:
    ended = huashu("replies", "list", "--platform", "pdd", "--topic", topic, "--json")
    listed = [record["id"] for record in ended.json]
    assert listed == [
        reply.id for reply in library.replies if reply.topic.startswith(under) and "pdd" in reply.platforms
    ]
    keys = {"id", "topic", "platforms", "text", "questions", "when", "auto", "keeps", "approved"}
    assert all(record.keys() >= keys for record in ended.json)


def test_an_intent_is_not_a_prefix_of_another(huashu: Huashu) -> None:
    assert huashu("replies", "list", "--topic", "ship", "--json").json == []


def test_an_unknown_platform_is_bad_input(huashu: Huashu) -> None:
    ended = huashu("replies", "list", "--platform", "amazon")
    assert ended.code == 2
    assert "unknown platform 'amazon'" in ended.err


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


def test_a_library_that_does_not_load_is_bad_input(huashu: Huashu, own_data: Path) -> None:
    (own_data / "replies" / "odd.yml").write_text("replies:\n  - id: a.b\n    colour: red\n", encoding="utf-8")
    for command in ("lint", "list"):
        ended = huashu("replies", command)
        assert (ended.code, ended.out) == (2, "")
        assert "odd.yml:" in ended.err
