from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.errors import DataError
from files import table
from files.table import CellFault, Row, guarded, letters, table_of, unguarded

KNOWN = ("id", "text")


@pytest.mark.parametrize("text", ["=1+1", "+86", "-5", "@SUM(A1)", "＝1", "＠a", "\tx", "'quoted'", "''"])
def test_what_looks_like_a_formula_is_guarded(text: str) -> None:
    assert guarded(text) == f"'{text}"
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("text", ["", "可以", "a=b", "it's", "'s gravenhage"])
def test_other_texts_are_left_alone(text: str) -> None:
    assert unguarded(text) == text
    assert unguarded(guarded(text)) == text


@given(st.text(max_size=8))
def test_the_guard_can_always_be_taken_off(text: str) -> None:
    assert unguarded(guarded(text)) == text


def test_rows_by_column_without_what_is_empty() -> None:
    found = table_of("a.csv", enumerate([["id", " text ", ""], ["a", "  ", None], [], ["b", " '=1 "]], 1), KNOWN)
    assert found.columns == ("id", "text")
    assert found.rows == (Row(2, {"id": "a"}), Row(4, {"id": "b", "text": "=1"}))
    assert found.faults == ()


def test_faults_name_row_and_column() -> None:
    cells = [["id", "colour", "id", ""], ["a", "red", "", "beside", "far"]]
    found = table_of("a.csv", enumerate(cells, 1), KNOWN, [CellFault(9, "id", "", "before")])
    assert [(fault.row, fault.column, fault.value) for fault in found.faults] == [
        (1, "colour", "colour"),
        (1, "id", "id"),
        (9, "id", ""),
        (2, "D", "beside"),
        (2, "E", "far"),
    ]
    assert "unknown column; known: id, text" in found.faults[0].message


@pytest.mark.parametrize("cells", [[], [[]], [["", " "], ["a"]]])
def test_a_table_needs_its_header(cells: list[list[str]]) -> None:
    with pytest.raises(DataError, match="no header"):
        table_of("a.csv", enumerate(cells, 1), KNOWN)


def test_a_table_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "MOST_ROWS", 3)
    rows = [["id"], *([name] for name in "abc")]
    assert len(table_of("a.csv", enumerate(rows, 1), KNOWN).rows) == 3
    with pytest.raises(DataError, match="more than 3 rows"):
        table_of("a.csv", enumerate([*rows, ["d"]], 1), KNOWN)


def test_columns_are_called_as_a_spreadsheet_calls_them() -> None:
    assert [letters(column) for column in (1, 26, 27, 52, 703)] == ["A", "Z", "AA", "AZ", "AAA"]
