from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from contracts.errors import DataError, InputError
from files import xlsx_table
from files.table import Row, Table
from files.xlsx_table import read_xlsx, xlsx_bytes

KNOWN = ("id", "text", "on")
ROWS = [["a", "可以\n=1", date(2026, 11, 21)], ["b", "=1+1", True], ["c", "", 3], ["d", "@x", ""]]


def _read(folder: Path, content: bytes) -> Table:
    path = folder / "a.xlsx"
    path.write_bytes(content)
    return read_xlsx(path, KNOWN, "things")


def _as_it_is(_: Any) -> None:
    """Nothing is changed on the page."""


def _nothing(_: str) -> str:
    return ""


def _book(fill: Callable[[Any], object], title: str = "things") -> bytes:
    """A workbook of one page with header and one row, and what `fill` does to the page."""
    book = Workbook()
    page: Any = book.active
    page.title = title
    page.append(list(KNOWN))
    page.append(["a", "可以", datetime(2026, 11, 21)])
    fill(page)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    found = _read(tmp_path, xlsx_bytes(KNOWN, ROWS, {"text": 60}, "things"))
    assert found.columns == KNOWN
    assert found.rows == (
        Row(2, {"id": "a", "text": "可以\n=1", "on": date(2026, 11, 21)}),
        Row(3, {"id": "b", "text": "=1+1", "on": True}),
        Row(4, {"id": "c", "on": 3}),
        Row(5, {"id": "d", "text": "@x"}),
    )
    assert found.faults == ()


def test_no_cell_is_a_formula() -> None:
    page: Any = load_workbook(io.BytesIO(xlsx_bytes(KNOWN, ROWS, {}, "things"))).active
    texts = [cell for row in page.iter_rows(min_row=2) for cell in row if isinstance(cell.value, str)]
    assert {cell.data_type for cell in texts} == {"s"}
    assert not any(cell.value.startswith(("=", "+", "-", "@")) for cell in texts)
    assert page.freeze_panes == "B2"


@pytest.mark.parametrize("text", ["x" * 32_767, "a\x07b"])
def test_a_text_that_no_cell_holds_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="row 2, text: "):
        xlsx_bytes(KNOWN, [["a", text, ""]], {}, "things")


@pytest.mark.parametrize(
    ("fill", "row", "column", "message"),
    [
        pytest.param(lambda page: page.append(["b", "=1+1"]), 3, "text", "is a formula", id="formula"),
        pytest.param(lambda page: page.append(["b", "#N/A"]), 3, "text", "is an error value", id="error value"),
        pytest.param(lambda page: page.merge_cells("A2:A3"), 2, "id", "is merged over A2:A3", id="merged down"),
        pytest.param(lambda page: page.merge_cells("E2:F2"), 2, "E", "is merged over E2:F2", id="merged beside"),
        pytest.param(lambda page: page.cell(2, 5, "x"), 2, "E", "without a name", id="cell beside the columns"),
        pytest.param(lambda page: page.cell(1, 4, "colour"), 1, "colour", "unknown column", id="unknown column"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named(
    tmp_path: Path, fill: Callable[[Any], object], row: int, column: str, message: str
) -> None:
    (fault,) = _read(tmp_path, _book(fill)).faults
    assert (fault.row, fault.column) == (row, column)
    assert message in fault.message


def test_a_time_of_day_is_not_lost(tmp_path: Path) -> None:
    found = _read(tmp_path, _book(lambda page: page.append(["b", datetime(2026, 11, 21, 9, 30)])))
    assert found.rows[1].cells["text"] == "2026-11-21 09:30:00"


def test_the_sheet_is_the_named_one_or_the_only_one(tmp_path: Path) -> None:
    assert len(_read(tmp_path, _book(_as_it_is, title="表一")).rows) == 1
    assert len(_read(tmp_path, _book(lambda page: page.parent.create_sheet("notes"))).rows) == 1
    with pytest.raises(DataError, match=r"has 2 sheets \(表一、notes\); call the one to read 'things'"):
        _read(tmp_path, _book(lambda page: page.parent.create_sheet("notes"), title="表一"))


def _with_member(name: str, change: Callable[[str], str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_book(_as_it_is))) as old, zipfile.ZipFile(stream, "w") as new:
        for member in old.namelist():
            text = old.read(member).decode()
            new.writestr(member, change(text) if member == name else text)
    return stream.getvalue()


def _bomb(text: str) -> str:
    entities = f'<!ENTITY a "{"x" * 1000}">' + "".join(f'<!ENTITY {b} "{f"&{a};" * 1000}">' for a, b in ("ab", "bc"))
    return f"<!DOCTYPE d [{entities}]>" + text.replace(">可以<", ">&c;<")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(b"", "not an .xlsx workbook", id="empty"),
        pytest.param(b"\xd0\xcf\x11\xe0" + b"\0" * 600, "an old .xls must be saved anew", id="old Excel"),
        pytest.param(_with_member("xl/workbook.xml", _nothing), "cannot be read|can be read", id="broken part"),
        pytest.param(
            _with_member("xl/worksheets/sheet1.xml", lambda text: text[:200]), "can be read", id="broken sheet"
        ),
        pytest.param(_with_member("xl/worksheets/sheet1.xml", _bomb), "can be read", id="entities"),
        pytest.param(_book(lambda page: page.cell(60_000, 1, "x")), "reaches to row 60000", id="rows without end"),
    ],
)
def test_a_workbook_that_cannot_be_read_says_why(tmp_path: Path, content: bytes, message: str) -> None:
    with pytest.raises(DataError, match=message):
        _read(tmp_path, content)


def test_a_small_file_cannot_ask_for_much_memory(tmp_path: Path) -> None:
    def everywhere(text: str) -> str:
        merged = '</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
        return text.replace("</sheetData>", merged)

    def far_away(text: str) -> str:
        return text.replace('r="2"', 'r="999999999999"')

    def far_right(text: str) -> str:
        return text.replace('r="A2"', 'r="XFD2"')

    sheet = "xl/worksheets/sheet1.xml"
    (fault,) = _read(tmp_path, _with_member(sheet, everywhere)).faults
    assert (fault.row, fault.column, fault.value) == (1, "id", "A1:XFD1048576")
    assert _read(tmp_path, _with_member(sheet, far_away)).rows == ()
    assert "id" not in _read(tmp_path, _with_member(sheet, far_right)).rows[0].cells


def test_a_workbook_that_unpacks_to_too_much_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_table, "MOST_BYTES", 1 << 20)
    with pytest.raises(DataError, match="unpacks to more than 1 MB"):
        _read(tmp_path, _with_member("docProps/core.xml", lambda text: text + " " * (1 << 20)))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"a\.xlsx: cannot be read"):
        read_xlsx(tmp_path / "a.xlsx", KNOWN, "things")
