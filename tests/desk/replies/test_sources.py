from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from contracts.errors import DataError, InputError
from contracts.reply import Reply
from desk.replies import sources
from desk.replies.sources import Fault, Faults, Source, read_source
from tests.doubles import make_reply

KNOWN = {"a.b": make_reply("a.b", "可以", "能吗", when={"order.status": ["paid"]})}


def _read(folder: Path, name: str, content: str, known: dict[str, Reply] | None = None) -> Source:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return read_source(path, known or {})


def test_a_row_is_a_record_with_its_place(tmp_path: Path) -> None:
    source = _read(tmp_path, "a.csv", "id,questions,approved.on\nc.d,能吗,2026/1/5\n")
    (entry,) = source.entries
    assert entry.record == {
        "id": "c.d",
        "questions": ["能吗"],
        "approved": {"on": date(2026, 1, 5)},
        "valid": {},
    }
    assert (entry.id, entry.unit, entry.number_at(("questions", 0))) == ("c.d", "row", 2)
    assert entry.column_at(("questions", 0)) == "questions"
    assert entry.column_at(("approved", "on")) == "approved.on"
    assert entry.value_at(("questions", 0)) == "能吗"
    assert entry.value_at(("approved", "by")) == entry.value_at(("questions", 7)) == ""


def test_a_missing_column_leaves_its_field_and_an_empty_cell_empties_it(tmp_path: Path) -> None:
    (entry,) = _read(tmp_path, "a.csv", "id,text,when\na.b,好的,\n", KNOWN).entries
    assert entry.record["text"] == "好的"
    assert entry.record["questions"] == ["能吗"]
    assert "when" not in entry.record
    (whole,) = _read(tmp_path, "b.csv", "id,text\na.b,好的\n", KNOWN).entries
    assert whole.record["when"] == {"order.status": ["paid"]}


def test_a_yaml_record_is_whole(tmp_path: Path) -> None:
    (entry,) = _read(tmp_path, "a.yml", "replies:\n  - id: a.b\n    text: 好的\n", KNOWN).entries
    assert entry.record == {"id": "a.b", "text": "好的"}
    assert (entry.unit, entry.number, entry.number_at(("text",))) == ("line", 2, 3)
    assert entry.column_at(("valid", "from")) == "valid.from"


def test_a_cell_that_cannot_be_read_is_a_fault_and_its_column_is_known(tmp_path: Path) -> None:
    source = _read(tmp_path, "a.csv", "id,auto,when\nc.d,maybe,paid\n")
    assert [(fault.number, fault.column, fault.value) for fault in source.faults] == [
        (2, "auto", "maybe"),
        (2, "when", "paid"),
    ]
    assert source.entries[0].unread == {"auto", "when"}


def test_a_table_needs_ids(tmp_path: Path) -> None:
    source = _read(tmp_path, "a.csv", "text\n好的\n")
    assert [str(fault) for fault in source.faults] == [f"{tmp_path / 'a.csv'}: row 1, id: '': the column is missing"]
    assert source.entries == []


def test_each_faulty_yaml_record_is_named(tmp_path: Path) -> None:
    text = "replies:\n  - word\n  - id: a.b\n    id: a.c\n  - &x [a]\n  - {id: a.d, questions: *x}\n  - id: a.e\n"
    source = _read(tmp_path, "a.yml", text)
    assert [(fault.unit, fault.number, fault.column) for fault in source.faults] == [
        ("line", 2, "replies"),
        ("line", 4, "id"),
        ("line", 5, "replies"),
    ]
    assert [entry.id for entry in source.entries] == ["a.d", "a.e"]


def test_a_yaml_file_without_end_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "MOST_BYTES", 10)
    with pytest.raises(DataError, match="larger than"):
        _read(tmp_path, "a.yml", "replies: []\n")
    with pytest.raises(DataError, match="cannot be read"):
        read_source(tmp_path / "absent.yml", {})
    with pytest.raises(InputError, match="the format is told by the suffix"):
        read_source(tmp_path / "a.txt", {})


def test_a_message_shows_the_place_and_the_beginning_of_the_value() -> None:
    fault = Fault("a.csv", "row", 3, "text", "好" * 100, "is too long")
    assert str(fault) == f"a.csv: row 3, text: '{'好' * 60}…': is too long"
    assert str(Faults((fault, fault))).splitlines()[-1] == "2 faults; nothing is imported"
