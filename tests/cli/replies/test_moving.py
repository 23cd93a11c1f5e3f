from __future__ import annotations

import csv
import io
import sys
from pathlib import Path

import pytest

from retrieval.building import open_library
from tests.cli.conftest import Huashu

TABLE = (
    "id,topic,platforms,text,questions,approved.by,approved.on\n"
    'greet.hello,greet/hello,all,"在的，您讲","在吗\n在不在",demo,2026-11-21\n'
    "invoice.issue.new,invoice/issue,jd,能开的,给票么,demo,2026/1/5\n"
)


@pytest.fixture
def table(tmp_path: Path) -> str:
    """An import file with one change and one new reply."""
    path = tmp_path / "in.csv"
    path.write_text(TABLE, encoding="utf-8")
    return str(path)


def _texts(data: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (data / "replies").iterdir()}


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "yml"])
def test_what_was_exported_changes_nothing(huashu: Huashu, tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"out.{suffix}"
    assert huashu("replies", "export", "--out", str(out)).out == f"5 replies -> {out}\n"
    ended = huashu("replies", "import", str(out), "--yes")
    assert (ended.code, ended.out) == (0, "0 added, 0 changed, 5 unchanged\n")


def test_export_by_platform_and_topic(huashu: Huashu, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    ended = huashu("replies", "export", "--out", str(out), "--platform", "pdd", "--topic", "invoice", "--json")
    assert ended.json == {"replies": 1, "out": str(out)}
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8-sig"))))
    assert [row["id"] for row in rows] == ["invoice.issue.yes"]


def test_an_export_that_makes_no_sense_is_bad_input(huashu: Huashu, own_data: Path, tmp_path: Path) -> None:
    before = _texts(own_data)
    inside = str(own_data / "replies" / "fixed" / "out.yml")
    for arguments in (["--out", inside], ["--out", "a.pdf"], ["--out", "a.csv", "--topic", "colour"], []):
        assert huashu("replies", "export", *arguments).code == 2
    assert _texts(own_data) == before
    assert not (tmp_path / "a.csv").exists()


def test_without_a_yes_it_is_only_shown(huashu: Huashu, own_data: Path, table: str) -> None:
    before = _texts(own_data)
    ended = huashu("replies", "import", table)
    assert ended.code == 0
    assert ended.out.splitlines() == [
        "+ invoice.issue.new  invoice/issue  能开的",
        "~ greet.hello",
        "    text: - 在的，请讲",
        "    text: + 在的，您讲",
        "    questions: - 有人吗",
        "    questions: + 在不在",
        "1 added, 1 changed, 0 unchanged",
        "nothing is written; --yes writes it",
    ]
    assert _texts(own_data) == before


def test_with_a_yes_it_is_written(huashu: Huashu, own_data: Path, table: str) -> None:
    ended = huashu("replies", "import", table, "--yes", "--json")
    assert ended.code == 0
    assert [reply["id"] for reply in ended.json["added"]] == ["invoice.issue.new"]
    (change,) = ended.json["changed"]
    assert change["fields"]["text"] == {"from": "在的，请讲", "to": "在的，您讲"}
    assert sorted(Path(name).name for name in ended.json["written"]) == ["invoice.yml", "shipping.yml"]
    assert "huashu setup" in ended.err
    library = open_library(own_data)
    assert library.get("greet.hello").questions == ("在吗", "在不在")
    assert library.get("invoice.issue.new").text == "能开的"
    assert huashu("replies", "import", table).out == "0 added, 0 changed, 2 unchanged\n"


@pytest.mark.parametrize(("answer", "written"), [(True, True), (False, False)])
def test_at_a_terminal_it_asks(
    huashu: Huashu, own_data: Path, table: str, monkeypatch: pytest.MonkeyPatch, answer: bool, written: bool
) -> None:
    before = _texts(own_data)
    monkeypatch.setattr(sys, "stdin", _Terminal("y\n" if answer else "n\n"))
    assert huashu("replies", "import", table).code == 0
    assert (_texts(own_data) != before) is written


class _Terminal(io.StringIO):
    """Standard input at which a person sits."""

    def isatty(self) -> bool:
        return True


def test_a_wrong_row_stops_all_and_every_fault_is_told(huashu: Huashu, own_data: Path, tmp_path: Path) -> None:
    before = _texts(own_data)
    path = tmp_path / "in.csv"
    path.write_text(TABLE + "Odd,invoice/colour,jd,要票加6个点,,demo,soon\n", encoding="utf-8")
    ended = huashu("replies", "import", str(path), "--yes")
    assert (ended.code, ended.out) == (2, "")
    assert f"{path}: row 4, topic: 'invoice/colour': unknown topic 'invoice/colour'" in ended.err
    assert ended.err.splitlines()[-1] == "4 faults; nothing is imported"
    told = huashu("replies", "import", str(path), "--yes", "--json")
    assert told.code == 2
    assert {(fault["row"], fault["column"]) for fault in told.json["errors"]} == {
        (4, "id"),
        (4, "topic"),
        (4, "questions"),
        (4, "approved.on"),
    }
    assert _texts(own_data) == before


@pytest.mark.parametrize(
    ("name", "content"),
    [("in.xlsx", b"PK"), ("in.csv", b""), ("in.yml", b"replies: ["), ("in.pdf", b""), ("in.yml", b"\xff")],
)
def test_a_file_that_cannot_be_read_is_bad_input(
    huashu: Huashu, own_data: Path, tmp_path: Path, name: str, content: bytes
) -> None:
    before = _texts(own_data)
    (tmp_path / name).write_bytes(content)
    ended = huashu("replies", "import", str(tmp_path / name), "--yes")
    assert (ended.code, ended.out) == (2, "")
    assert name in ended.err
    assert _texts(own_data) == before


def test_a_breach_is_told_with_its_row(huashu: Huashu, own_data: Path, tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text("id,text\ngreet.hello,要票加6个点\n", encoding="utf-8")
    ended = huashu("replies", "import", str(path), "--yes")
    assert ended.code == 2
    assert "row 2, text: '要票加6个点': breaks tmall.invoice.free on tmall: " in ended.err
    assert (own_data / "replies" / "shipping.yml").read_text(encoding="utf-8").count("在的，请讲") == 1
