from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Ended, Huashu, WriteLines

KEYS = {"id", "turn", "route", "reason", "would_send", "handover"}
HANDOVER_KEYS = {"urgent", "wants", "collected", "form", "asks", "promises", "returns_at"}


@pytest.fixture
def replay(huashu: Huashu, data: Path, monkeypatch: pytest.MonkeyPatch) -> Huashu:
    """The command over what is shipped, with keyword search and no intent model."""
    monkeypatch.setenv("HUASHU_DATA", str(data))
    return lambda *arguments: huashu("replay", *arguments, "--no-rasa")


def _turn(time: str, text: str, speaker: str = "buyer") -> dict[str, Any]:
    return {"speaker": speaker, "at": f"2026-11-20T{time}+08:00", "text": text}


def _dialogue(name: str, *turns: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {"id": name, "platform": "tmall", "shop": "demo-tmall", "turns": list(turns), **changes}


def _lines(ended: Ended) -> list[dict[str, Any]]:
    return [json.loads(line) for line in ended.out.splitlines()]


def test_a_line_for_each_buyer_turn(replay: Huashu, lines_of: WriteLines) -> None:
    file = lines_of(
        _dialogue("a", _turn("10:00:00", "在吗"), _turn("10:00:05", "在的", "agent"), _turn("10:00:09", "包邮吗")),
        _dialogue("b", _turn("02:00:00", "包邮吗")),
    )
    ended = replay(str(file))
    assert ended.code == 0
    records = _lines(ended)
    assert [(record["id"], record["turn"], record["route"]) for record in records] == [
        ("a", 0, "panel"),
        ("a", 2, "panel"),
        ("b", 0, "hold"),
    ]
    assert all(record.keys() == KEYS for record in records)
    assert [record["handover"] for record in records[:2]] == [None, None]
    night = records[2]
    assert night["handover"].keys() == HANDOVER_KEYS
    assert [sent["reply_id"] for sent in night["would_send"]] == ["night.notice"]
    assert "今天9:00" in night["would_send"][0]["text"]
    assert night["handover"]["returns_at"] == "2026-11-20T09:00:00+08:00"
    assert "包邮吗" in night["handover"]["wants"]
    assert "没有回应" in str(night["handover"]["asks"])


def test_json_is_the_same_without_the_summary(replay: Huashu, lines_of: WriteLines) -> None:
    file = lines_of(_dialogue("b", _turn("02:00:00", "包邮吗")))
    plain, as_json = replay(str(file)), replay(str(file), "--json")
    assert plain.out == as_json.out
    assert "1 dialogues, 1 buyer turns, 0 errors" in plain.err
    assert "dialogues" not in as_json.err


def test_bad_lines_are_named_and_the_rest_goes_on(replay: Huashu, lines_of: WriteLines) -> None:
    file = lines_of(
        _dialogue("no-time", {"speaker": "buyer", "text": "在吗"}, _turn("02:00:00", "在吗")),
        b"{not json",
        _dialogue("no-shop", _turn("02:00:00", "在吗"), shop="nowhere"),
        _dialogue("no-hours", _turn("02:00:00", "在吗"), hours={"shifts": [{"days": "funday", "spans": []}]}),
        _dialogue("empty", _turn("02:00:00", "\u200b")),
        _dialogue("fine", _turn("02:00:00", "在吗")),
    )
    ended = replay(str(file))
    assert ended.code == 2
    records = _lines(ended)
    errors = {(record["id"], record.get("turn")): record["error"] for record in records if "error" in record}
    assert errors.keys() == {("no-time", 0), ("line-2", None), ("no-shop", None), ("no-hours", None), ("empty", 0)}
    assert f"{file}:1: turns[0].at" in errors["no-time", 0]
    assert f"{file}:4: hours.shifts.0" in errors["no-hours", None]
    assert [(record["id"], record["turn"]) for record in records if "route" in record] == [("no-time", 1), ("fine", 0)]
    assert all(error in ended.err for error in errors.values())


@pytest.mark.parametrize("file", ["absent.jsonl", "."])
def test_a_file_that_cannot_be_read_is_bad_input(replay: Huashu, file: str) -> None:
    assert replay(file).code == 2
