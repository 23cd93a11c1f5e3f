from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Huashu, WriteLines, read_lines
from tests.desk.test_wire import FINDING_KEYS

BAD, GOOD = "要票的话加6个点", "发票可以开的，免费给您开"


def _line(name: object, text: object = GOOD, **changes: Any) -> dict[str, Any]:
    return {"id": name, "platform": "tmall", "text": text, "context": {}, **changes}


def test_a_text_that_may_go_out(huashu: Huashu) -> None:
    ended = huashu("check", GOOD, "--platform", "tmall", "--json")
    assert ended.code == 0
    assert ended.json["blocked"] is False
    assert ended.json["findings"] == []
    assert "可以发送" in huashu("check", GOOD, "--platform", "tmall").out


def test_a_text_that_may_not_is_exit_1_with_span_and_reason(huashu: Huashu) -> None:
    text = f"亲，{BAD}哦"
    ended = huashu("check", text, "--platform", "tmall", "--json")
    assert ended.code == 1
    assert ended.json["blocked"] is True
    for finding in ended.json["findings"]:
        assert finding.keys() == FINDING_KEYS
        start, end = finding["span"]
        assert 0 <= start < end <= len(text)
        assert finding["why"]
        assert finding["instead"]
        assert finding["penalty"]
    page = huashu("check", text, "--platform", "tmall")
    assert page.code == 1
    assert "不能发送" in page.out
    assert ended.json["findings"][0]["clause"] in page.out


def test_a_warning_alone_is_exit_0(huashu: Huashu) -> None:
    ended = huashu("check", "绝对没问题", "--platform", "jd")
    assert ended.code == 0
    assert "请看提醒" in ended.out
    assert "warn  all.wording.absolute  「绝对」" in ended.out
    assert "一般都没问题的" in ended.out


def test_the_context_decides(huashu: Huashu) -> None:
    asked = '{"buyer.text": "可以给我开张发票吗"}'
    assert huashu("check", "不行的哦亲", "--platform", "tmall").code == 0
    assert huashu("check", "不行的哦亲", "--platform", "tmall", "--context", asked).code == 1


def test_an_unknown_context_key_is_ignored_with_a_warning(huashu: Huashu) -> None:
    context = '{"order.colour": "red", "order.status": "payed"}'
    ended = huashu("check", GOOD, "--platform", "tmall", "--json", "--context", context)
    assert ended.code == 0
    assert ended.json["blocked"] is False
    assert ended.err.count("huashu: ") == 2
    assert "unknown context key 'order.colour' is ignored" in ended.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "TEXT and --platform are needed"),
        ([GOOD], "TEXT and --platform are needed"),
        ([GOOD, "--platform", "amazon"], "unknown platform 'amazon'"),
        ([GOOD, "--platform", "jd", "--context", "{"], "--context is not JSON"),
        ([GOOD, "--platform", "jd", "--context", "[]"], "must be a JSON object"),
        ([GOOD, "--platform", "jd", "--context", "[" * 100_000], "--context"),
        ([GOOD, "--file", "a", "--out", "b"], "--file wants --out and neither TEXT nor --shop"),
        (["--file", "a"], "--file wants --out"),
        (["--file", "absent.jsonl", "--out", "b"], "cannot be read"),
    ],
)
def test_bad_input_is_one_line_and_exit_2(huashu: Huashu, arguments: list[str], says: str) -> None:
    ended = huashu("check", *arguments)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("huashu: ")
    assert says in ended.err


@pytest.mark.parametrize("text", ["", "票" * 20_000, "\x00\x1b[31m", "加\udcff微信", "--"])
def test_any_text_can_be_checked(huashu: Huashu, text: str) -> None:
    assert huashu("check", "--platform", "tmall", "--", text).code in (0, 1)
    assert huashu("check", "--platform", "tmall", "--json", "--", text).json["findings"] is not None


def test_one_line_out_for_each_line_in(huashu: Huashu, lines_of: WriteLines, tmp_path: Path) -> None:
    file = lines_of(
        _line("good"),
        _line("bad", BAD),
        b"{",
        _line("elsewhere", platform="amazon"),
        _line("no text", None),
        _line("number", 5),
        _line("context", context="none"),
        _line("unknown key", context={"order.colour": "red"}),
        _line("no context", context=None),
        _line(7),
        _line("surrogate", "加\ud83d"),
        b"[]",
    )
    ended = huashu("check", "--file", file, "--out", "out.jsonl")
    findings = read_lines(tmp_path / "out.jsonl")
    assert ended.code == 1
    assert [line["id"] for line in findings] == [
        "good", "bad", "line-3", "elsewhere", "no text", "number", "context", "unknown key", "no context", "line-10",
        "surrogate", "line-12",
    ]  # fmt: skip
    errors = {line["id"] for line in findings if "error" in line}
    assert errors == {"line-3", "elsewhere", "no text", "number", "context", "line-12"}
    assert [line["id"] for line in findings if line.get("blocked")] == ["bad"]
    assert all(line.keys() >= {"blocked", "findings"} for line in findings if line["id"] not in errors)
    assert f"{file}:8: unknown context key 'order.colour'" in ended.err
    assert f"{file}:4: platform: unknown platform 'amazon'" in ended.err


def test_a_file_with_nothing_to_object_to_is_exit_0(huashu: Huashu, lines_of: WriteLines) -> None:
    ended = huashu("check", "--file", lines_of(_line("a"), _line("b")), "--out", "out.jsonl", "--json")
    assert ended.code == 0
    assert ended.json == {"lines": 2, "blocked": 0, "errors": 0, "out": "out.jsonl"}


def test_an_empty_file_is_bad_input(huashu: Huashu, lines_of: WriteLines) -> None:
    ended = huashu("check", "--file", lines_of(b" "), "--out", "out.jsonl")
    assert ended.code == 2
    assert "holds no text" in ended.err


def test_an_out_that_cannot_be_written_is_bad_input(huashu: Huashu, lines_of: WriteLines, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    ended = huashu("check", "--file", lines_of(_line("a")), "--out", "folder")
    assert ended.code == 2
    assert "folder" in ended.err


def test_a_shop_brings_its_own_rules(huashu: Huashu) -> None:
    text = "我们安排师傅上门装"
    assert huashu("check", text, "--platform", "tmall").code == 0
    ended = huashu("check", text, "--platform", "tmall", "--shop", "demo-tmall", "--json")
    assert ended.code == 1
    assert ended.json["findings"][0]["clause"].startswith("shop.demo-tmall.")
    assert huashu("check", text, "--platform", "tmall", "--shop", "nobody").code == 2
