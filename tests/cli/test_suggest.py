from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Huashu, WriteLines, read_lines
from tests.desk.test_wire import SUGGEST_KEYS, SUGGESTION_KEYS


def _dialogue(name: str, *texts: str, **changes: Any) -> dict[str, Any]:
    return {
        "id": name,
        "platform": "tmall",
        "turns": [{"speaker": "buyer", "text": text} for text in texts],
        **changes,
    }


def test_one_message_as_json(with_vectors: Huashu) -> None:
    ended = with_vectors(
        "suggest", "能开专票吗", "--platform", "tmall", "--shop", "demo-tmall", "--order-status", "paid",
        "--previous-buyer", "在吗", "--previous-agent", "在的", "-k", "2", "--no-rasa", "--json",
    )  # fmt: skip
    assert ended.code == 0
    answer = ended.json
    assert answer.keys() >= SUGGEST_KEYS
    assert 1 <= len(answer["suggestions"]) <= 2
    assert answer["suggestions"][0].keys() >= SUGGESTION_KEYS
    assert answer["suggestions"][0]["topic"].startswith("invoice/")
    assert answer["understanding"]["source"] == "retrieval"
    assert answer["suggestions"][0]["scores"]["dense"] > 0
    assert ["规则" in note for note in answer["notes"]] == [True, False]
    assert "意图模型" in answer["notes"][1]


def test_one_message_for_a_person(huashu: Huashu) -> None:
    ended = huashu("suggest", "能开专票吗", "--platform", "jd", "--no-rasa")
    assert ended.code == 0
    assert "\n1. " in ended.out
    for part in ("意图", "把握", "条规则", "毫秒", "注意"):
        assert part in ended.out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "TEXT and --platform are needed"),
        (["能开吗"], "TEXT and --platform are needed"),
        (["", "--platform", "jd"], "text is empty"),
        (["\x00\u200b ", "--platform", "jd"], "text is empty"),
        (["能开吗", "--platform", "amazon"], "unknown platform 'amazon'; known: tmall"),
        (["能开吗", "--platform", "jd", "--order-status", "payed"], "payed"),
        (["能开吗", "--platform", "jd", "--file", "a", "--out", "b"], "--file wants --out and no TEXT"),
        (["--file", "a.jsonl"], "--file wants --out"),
        (["--file", "absent.jsonl", "--out", "b"], "absent.jsonl: cannot be read"),
        (["--file", ".", "--out", "b"], "cannot be read"),
    ],
)
def test_bad_input_is_one_line_and_exit_2(huashu: Huashu, arguments: list[str], says: str) -> None:
    ended = huashu("suggest", *arguments, "--no-rasa")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("huashu: ")
    assert says in ended.err


@pytest.mark.parametrize(
    ("shop", "says"), [("nobody", "unknown shop 'nobody'"), ("demo-jd", "sells on jd, not on tmall")]
)
def test_a_wrong_shop_is_bad_input(huashu: Huashu, shop: str, says: str) -> None:
    ended = huashu("suggest", "能开吗", "--platform", "tmall", "--shop", shop, "--no-rasa")
    assert ended.code == 2
    assert says in ended.err


@pytest.mark.parametrize("text", ["票" * 2_000, "能\x1b[31m开\udcff票\x00吗", "--"])
def test_a_strange_message_is_answered(huashu: Huashu, text: str) -> None:
    ended = huashu("suggest", "--platform", "tmall", "--no-rasa", "--json", "--", text)
    assert ended.code == 0
    assert ended.json["reason"]


def test_a_line_before_that_nobody_can_see_is_as_none(huashu: Huashu) -> None:
    before = ("--previous-agent", "\u200b", "--previous-buyer", "\x07")
    assert huashu("suggest", "能开专票吗", "--platform", "tmall", "--no-rasa", *before).code == 0


def test_one_line_out_for_each_line_in(huashu: Huashu, lines_of: WriteLines, tmp_path: Path) -> None:
    file = lines_of(
        _dialogue("good", "在吗", "能开专票吗"),
        b'{"id": "broken", "platform": ',
        _dialogue("elsewhere", "能开吗", platform="amazon"),
        _dialogue("silent", turns=[{"speaker": "agent", "text": "在的"}]),
        b"",
        _dialogue("odd", "能开\ud83d票吗\x00", shop="nobody"),
        _dialogue("null", "能开发票吗", shop=None, context=None, order=None),
        b'"a word"',
        b"\xff",
        {"platform": "jd", "turns": []},
        b'{"id": ' + b"9" * 5_000 + b"}",
        _dialogue("order", "发货了吗", order={"status": "shipped", "number": "", "amount": 10**400}),
        _dialogue("last", "啥时候发货", shop="demo-tmall", order={"status": "paid"}, context={"colour": 1}),
    )
    ended = huashu("suggest", "--file", file, "--out", "out.jsonl", "--no-rasa")
    answers = read_lines(tmp_path / "out.jsonl")
    names = [answer["id"] for answer in answers]
    assert ended.code == 0
    assert names == [
        "good", "line-2", "elsewhere", "silent", "odd", "null", "line-8", "line-9", "line-10", "line-11", "order",
        "last",
    ]  # fmt: skip
    good = {answer["id"]: answer for answer in answers if "error" not in answer}
    assert list(good) == ["good", "null", "order", "last"]
    assert all(answer.keys() == {"id", "error"} for answer in answers if answer["id"] not in good)
    assert all(answer.keys() >= SUGGEST_KEYS for answer in good.values())
    assert good["good"]["suggestions"]
    assert ended.err.count("huashu: ") == len(answers) - len(good)
    assert "12" in ended.out
    assert "8" in ended.out


def test_the_errors_of_a_file_name_line_and_field(huashu: Huashu, lines_of: WriteLines, tmp_path: Path) -> None:
    file = lines_of(_dialogue("a", "在吗"), _dialogue("b", "在吗", platform="amazon"))
    ended = huashu("suggest", "--file", file, "--out", "out.jsonl", "--no-rasa", "--json")
    assert ended.json == {"lines": 2, "errors": 1, "out": "out.jsonl"}
    assert f"{file}:2: platform: unknown platform 'amazon'" in read_lines(tmp_path / "out.jsonl")[1]["error"]


def test_an_empty_file_is_bad_input_and_writes_nothing(huashu: Huashu, lines_of: WriteLines, tmp_path: Path) -> None:
    ended = huashu("suggest", "--file", lines_of(b"", b"  "), "--out", "out.jsonl", "--no-rasa")
    assert ended.code == 2
    assert "holds no dialogue" in ended.err
    assert not (tmp_path / "out.jsonl").exists()


def test_an_out_that_cannot_be_written_is_bad_input(huashu: Huashu, lines_of: WriteLines, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    ended = huashu("suggest", "--file", lines_of(_dialogue("a", "在吗")), "--out", "folder", "--no-rasa")
    assert ended.code == 2
    assert "folder" in ended.err


def test_without_the_encoder_keywords_answer_and_say_so(huashu: Huashu) -> None:
    ended = huashu("suggest", "能开专票吗", "--platform", "tmall", "--no-rasa", "--json")
    assert ended.code == 0
    assert ended.json["suggestions"][0]["reply_id"] == "invoice.type.both"
    assert any("关键词" in note and "huashu setup" in note for note in ended.json["notes"])


def test_over_all_that_is_shipped(
    with_vectors: Huashu, monkeypatch: pytest.MonkeyPatch, var: Path, lines_of: WriteLines, tmp_path: Path
) -> None:
    monkeypatch.delenv("HUASHU_DATA")
    monkeypatch.setenv("HUASHU_VAR", str(var))
    asked = {
        "invoice": "能开专票吗",
        "returns": "不想要了怎么退货",
        "shipping": "都三天了咋还不发货",
        "coupon": "优惠券在哪领",
    }
    file = lines_of(*(_dialogue(name, text, shop="demo-tmall") for name, text in asked.items()))
    ended = with_vectors("suggest", "--file", file, "--out", "out.jsonl", "--no-rasa")
    assert ended.code == 0
    for answer in read_lines(tmp_path / "out.jsonl"):
        assert answer["id"] in {item["topic"].split("/")[0] for item in answer["suggestions"]}
        assert not any(item["missing_slots"] for item in answer["suggestions"][:1])
