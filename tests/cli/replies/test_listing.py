from __future__ import annotations

from pathlib import Path

import pytest

from retrieval.library import Library
from retrieval.reply_record import ReplyRecord
from tests.cli.conftest import Huashu


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
    assert all(list(record) == list(ReplyRecord.model_fields) for record in ended.json)


def test_an_intent_is_not_a_prefix_of_another(huashu: Huashu) -> None:
    assert huashu("replies", "list", "--topic", "ship", "--json").json == []


def test_an_unknown_platform_is_bad_input(huashu: Huashu) -> None:
    ended = huashu("replies", "list", "--platform", "amazon")
    assert ended.code == 2
    assert "unknown platform 'amazon'" in ended.err


def test_a_library_that_does_not_load_is_bad_input(huashu: Huashu, own_data: Path) -> None:
    (own_data / "replies" / "odd.yml").write_text("replies:\n  - id: a.b\n    colour: red\n", encoding="utf-8")
    for command in ("lint", "list"):
        ended = huashu("replies", command)
        assert (ended.code, ended.out) == (2, "")
        assert "odd.yml:" in ended.err


def test_one_reply_whole_with_its_place(huashu: Huashu, small_data: Path) -> None:
    ended = huashu("replies", "show", "shipping.dispatch.paid")
    place = small_data / "replies" / "shipping.yml"
    assert ended.code == 0
    for line in (
        "platforms   [all]",
        "  - 啥时候发货",
        "when        {order.status: [paid, printed]}",
        "approved    {by: demo, on: 2026-11-21}",
        f"file        {place}:2",
    ):
        assert line in ended.out.splitlines()
    shown = huashu("replies", "show", "shipping.dispatch.paid", "--json").json
    assert (shown["file"], shown["line"], shown["fixed"]) == (str(place), 2, False)
    assert shown["when"] == {"order.status": ["paid", "printed"]}
    assert shown["valid"] == {"from": None, "to": None}


def test_a_fixed_text_is_shown_too(huashu: Huashu, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HUASHU_DATA")
    shown = huashu("replies", "show", "night.notice", "--json").json
    assert shown["fixed"] is True
    assert shown["file"].endswith("night.yml")


def test_a_reply_that_does_not_exist(huashu: Huashu) -> None:
    ended = huashu("replies", "show", "a.b")
    assert (ended.code, ended.out) == (2, "")
    assert "unknown reply 'a.b'" in ended.err


def test_search_by_meaning(with_vectors: Huashu) -> None:
    ended = with_vectors("replies", "search", "什么时候", "发出来", "-k", "2", "--json")
    assert ended.code == 0
    assert (ended.json["query"], ended.json["platform"], ended.json["notes"]) == ("什么时候 发出来", None, [])
    assert {hit["id"] for hit in ended.json["replies"]} == {"shipping.dispatch.paid", "shipping.dispatch.any"}
    assert all(0 < hit["dense"] <= 1 for hit in ended.json["replies"])


def test_search_without_an_index_says_so(huashu: Huashu) -> None:
    ended = huashu("replies", "search", "专票", "--platform", "tmall")
    assert ended.code == 0
    assert "invoice.type.both" in ended.out.splitlines()[0]
    assert "注意：只用关键词检索" in ended.out
    assert huashu("replies", "search", "专票", "--platform", "pdd", "--json").json["notes"]


@pytest.mark.parametrize("arguments", [["  "], ["专票", "--platform", "amazon"], ["专票", "-k", "0"], []])
def test_a_search_for_nothing_is_bad_input(huashu: Huashu, arguments: list[str]) -> None:
    assert huashu("replies", "search", *arguments).code == 2
