from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from desk.replies.columns import COLUMNS
from desk.replies.importing import Importer
from desk.replies.sources import Entry, Fault, Faults
from tests.desk.replies.conftest import open_shelf

NEW = {
    "id": "invoice.issue.new",
    "topic": "invoice/issue",
    "platforms": "all",
    "text": "可以的",
    "questions": "能吗",
    "approved.by": "demo",
    "approved.on": "2026-11-21",
}


def _file(folder: Path, *rows: dict[str, str], columns: tuple[str, ...] = COLUMNS, encoding: str = "utf-8") -> Path:
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, columns)
    writer.writeheader()
    writer.writerows(rows)
    path = folder / "in.csv"
    path.write_bytes(stream.getvalue().encode(encoding))
    return path


def _faults(importer: Importer, path: Path) -> list[tuple[int, str, str]]:
    with pytest.raises(Faults) as caught:
        importer.plan(path)
    return [(fault.number, fault.column, fault.message) for fault in caught.value.faults]


def test_new_ids_are_added_and_known_ones_changed(importer: Importer, tmp_path: Path) -> None:
    changed = {"id": "greet.hello", "text": "在的，您讲"}
    same = {"id": "invoice.issue.yes", "text": "可以开的，付款后在订单里申请就好"}
    plan = importer.plan(_file(tmp_path, changed, same, columns=("id", "text")))
    assert [(change.after.id, dict(change.fields)) for change in plan.changed] == [
        ("greet.hello", {"text": ("在的，请讲", "在的，您讲")})
    ]
    assert (plan.added, plan.unchanged) == ((), 1)
    assert [reply.id for reply in importer.plan(_file(tmp_path, NEW)).added] == ["invoice.issue.new"]


def test_every_fault_of_the_file_is_listed_and_no_row_is_taken(importer: Importer, tmp_path: Path) -> None:
    rows = [
        NEW,
        {**NEW, "id": "invoice.issue.new"},
        {**NEW, "id": "Odd", "topic": "invoice/colour", "auto": "maybe"},
        {**NEW, "id": "a.b", "platforms": "tmal", "questions": "", "approved.by": "", "keeps": "tmall.no-rule"},
        {**NEW, "id": "a.c", "when": "order.state=x; order.status=payed", "valid.from": "soon"},
        {**NEW, "id": "a.d", "text": "要票加6个点", "questions": ""},
        {**NEW, "id": "a.e", "keeps": "tmall.no-rule"},
        {**NEW, "id": "a.f", "text": "可\x07以", "approved.by": "a\x00"},
    ]
    faults = _faults(importer, _file(tmp_path, *rows))
    assert [(row, column) for row, column, _ in faults] == [
        (3, "id"),
        (4, "id"),
        (4, "topic"),
        (4, "auto"),
        (5, "platforms"),
        (5, "questions"),
        (5, "keeps"),
        (5, "approved.by"),
        (6, "when"),
        (6, "valid.from"),
        (7, "text"),
        (7, "questions"),
        (8, "keeps"),
        (9, "text"),
        (9, "approved.by"),
    ]
    messages = {(row, column): message for row, column, message in faults}
    assert messages[3, "id"] == "the same id as row 2"
    assert messages[6, "when"].startswith("order.state: unknown context key; order.status: ")
    assert messages[7, "text"].startswith("breaks tmall.invoice.free on tmall: ")
    assert messages[8, "keeps"] == "unknown rule"
    assert messages[9, "text"] == "holds a control character"


def test_a_breach_counts_in_the_states_that_the_reply_is_for(importer: Importer, tmp_path: Path) -> None:
    assert importer.plan(_file(tmp_path, {**NEW, "platforms": "jd", "text": "要票加6个点"})).added
    assert _faults(importer, _file(tmp_path, {**NEW, "platforms": "jd\ntmall", "text": "要票加6个点"}))


def test_yaml_faults_have_the_line_of_their_field(importer: Importer, tmp_path: Path) -> None:
    path = tmp_path / "in.yml"
    path.write_text(
        "replies:\n  - id: a.b\n    topic: invoice/issue\n    platforms: [all]\n    text: 可以{x}\n"
        "    questions: [能吗, 3]\n    approved: {by: demo}\n  - id: a.c\n    colour: red\n",
        encoding="utf-8",
    )
    faults = _faults(importer, path)
    assert [(line, column) for line, column, _ in faults if line < 8] == [
        (5, "text"),
        (6, "questions.1"),
        (7, "approved.on"),
    ]
    assert (9, "colour", "unknown key") in faults


def test_a_fixed_text_has_no_questions_and_can_be_changed(importer: Importer, tmp_path: Path) -> None:
    plan = importer.plan(_file(tmp_path, {"id": "night.notice", "text": "现在没人在"}, columns=("id", "text")))
    assert plan.changed[0].fields == {"text": ("现在没人", "现在没人在")}
    assert _faults(importer, _file(tmp_path, {"id": "night.notice", "questions": "在吗"}, columns=("id", "questions")))


def test_chinese_excels_own_csv_is_read_and_said(importer: Importer, tmp_path: Path) -> None:
    plan = importer.plan(_file(tmp_path, NEW, encoding="gbk"))
    assert plan.added[0].text == "可以的"
    assert "read as GBK" in plan.notes[0]


def test_characters_that_gbk_lost_are_a_fault(own: Path, importer: Importer, tmp_path: Path) -> None:
    file = own / "replies" / "shipping.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("在的，请讲", "在的😊"), encoding="utf-8")
    careful = replace(importer, shelf=open_shelf(own))
    row = {"id": "greet.hello", "text": "在的?"}
    faults = _faults(careful, _file(tmp_path, row, columns=("id", "text"), encoding="gbk"))
    assert faults == [(2, "text", "characters became ? when the file was saved as GBK; save it as CSV UTF-8")]
    assert careful.plan(_file(tmp_path, row, columns=("id", "text"), encoding="utf-8")).notes == ()


def test_progress_sees_every_entry(importer: Importer, tmp_path: Path) -> None:
    seen: list[str] = []

    def progress(entries: Sequence[Entry]) -> Iterator[Entry]:
        for entry in entries:
            seen.append(entry.id)
            yield entry

    importer.plan(_file(tmp_path, NEW), progress)
    assert seen == ["invoice.issue.new"]


def test_faults_are_values(importer: Importer, tmp_path: Path) -> None:
    path = _file(tmp_path, {**NEW, "topic": "x"})
    with pytest.raises(Faults) as caught:
        importer.plan(path)
    assert caught.value.faults == (Fault(str(path), "row", 2, "topic", "x", "unknown topic 'x'"),)
