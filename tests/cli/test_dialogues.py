from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Huashu

HEAD = "dialogue,speaker,text,topics,clear\n"


def _csv(folder: Path, rows: str) -> str:
    path = folder / "chats.csv"
    path.write_text(HEAD + rows, encoding="utf-8")
    return str(path)


def test_a_table_becomes_dialogues(huashu: Huashu, tmp_path: Path) -> None:
    file = _csv(tmp_path, "d1,buyer,能开专票吗,invoice/type,1\nd1,agent,可以的,,\n")
    done = huashu("dialogues", "import", file, "--from", "csv", "--platform", "tmall", "--out", "d.jsonl", "--json")
    assert (done.code, done.json) == (0, {"dialogues": 1, "turns": 2, "notes": [], "out": "d.jsonl"})
    (record,) = [json.loads(line) for line in (tmp_path / "d.jsonl").read_text(encoding="utf-8").splitlines()]
    assert record["turns"][0]["topics"] == ["invoice/type"]


def test_nothing_is_written_when_a_row_is_wrong(huashu: Huashu, tmp_path: Path) -> None:
    file = _csv(tmp_path, "d1,buyer,能开专票吗,invoice/type,1\nd1,boss,可以的,,\n")
    done = huashu("dialogues", "import", file, "--from", "csv", "--platform", "tmall", "--out", "d.jsonl", "--json")
    assert done.code == 2
    (error,) = done.json["errors"]
    assert (error["number"], error["unit"], error["field"]) == (3, "row", "speaker")
    assert not (tmp_path / "d.jsonl").exists()


def test_a_file_that_is_there_stays(huashu: Huashu, tmp_path: Path) -> None:
    (tmp_path / "d.jsonl").write_text("mine")
    done = huashu("dialogues", "import", _csv(tmp_path, ""), "--from", "csv", "--out", "d.jsonl")
    assert (done.code, (tmp_path / "d.jsonl").read_text()) == (2, "mine")


def test_a_platform_is_asked_for_and_a_format_known(huashu: Huashu, tmp_path: Path) -> None:
    file = _csv(tmp_path, "d1,buyer,能开专票吗,invoice/type,1\n")
    assert "platform: is missing" in huashu("dialogues", "import", file, "--from", "csv", "--out", "d.jsonl").err
    assert "known: csv, rasa, chatwoot" in huashu("dialogues", "import", file, "--from", "xml", "--out", "d.jsonl").err
