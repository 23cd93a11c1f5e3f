"""A table as a spreadsheet holds it: columns by name, rows of cells, and the guard against formulas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from contracts.errors import DataError

Cell = str | bool | int | float | date
"""What a cell may hold; an empty one is not there."""

MOST_ROWS = 50_000
"""Rows of a table that is read; a larger one is imported in parts."""

MOST_BYTES = 64 * 1024 * 1024
"""Size of a file that is read, unpacked."""

_FORMULA = "=+-@＝＋－＠\t\r"
"""First characters that make a spreadsheet take a text for a formula."""
_MARK = "'"


@dataclass(frozen=True)
class CellFault:
    """A cell that cannot be read; row and columns are counted and named as the spreadsheet shows them."""

    row: int
    column: str
    value: str
    message: str


@dataclass(frozen=True)
class Row:
    """One row: its number (from 1, the header included) and its cells that are not empty, by column."""

    number: int
    cells: Mapping[str, Cell]


@dataclass(frozen=True)
class Table:
    """The columns, all rows that are not empty, the cells that could not be read; `note` says how it was read."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    faults: tuple[CellFault, ...] = ()
    note: str = ""


def guarded(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula: where it looks like one, a ' stands before it."""
    return _MARK + text if text.startswith((*_FORMULA, _MARK)) else text


def unguarded(text: str) -> str:
    """The text of a cell that `guarded` wrote."""
    return text[1:] if text.startswith(_MARK) and text[1:].startswith((*_FORMULA, _MARK)) else text


def table_of(
    file: str,
    cells: Iterable[tuple[int, Sequence[Cell | None]]],
    known: Sequence[str],
    faults: Sequence[CellFault] = (),
) -> Table:
    """The table of numbered rows of cells, the first of which names the columns.

    A column that is not `known`, a double one, and a cell beside the columns are faults. Raises DataError for a file
    without a header, or with more than MOST_ROWS rows.
    """
    numbered = iter(cells)
    header = next(numbered, None)
    if header is None or not any(_words(cell) for cell in header[1]):
        raise DataError(f"has no header; the first row names the columns: {', '.join(known)}", file=file, line=1)
    columns = [_words(cell) for cell in header[1]]
    found = [*_header_faults(columns, known), *faults]
    rows: list[Row] = []
    for number, values in numbered:
        row, wrong = _row(number, values, columns)
        found += wrong
        if row.cells:
            rows.append(row)
        if len(rows) > MOST_ROWS:
            raise DataError(f"has more than {MOST_ROWS} rows; import it in parts", file=file, line=number)
    return Table(tuple(name for name in columns if name in known), tuple(rows), tuple(found))


def _header_faults(columns: Sequence[str], known: Sequence[str]) -> Iterable[CellFault]:
    for place, name in enumerate(columns):
        if name and name not in known:
            yield CellFault(1, name, name, f"unknown column; known: {', '.join(known)}")
        elif name and name in columns[:place]:
            yield CellFault(1, name, name, "the column is there twice")


def _row(number: int, values: Sequence[Cell | None], columns: Sequence[str]) -> tuple[Row, list[CellFault]]:
    cells: dict[str, Cell] = {}
    faults = []
    for place, value in enumerate(values):
        if value is None or (isinstance(value, str) and not value.strip()):
            continue
        name = columns[place] if place < len(columns) else ""
        if name:
            cells[name] = unguarded(value.strip()) if isinstance(value, str) else value
        else:
            faults.append(CellFault(number, letters(place + 1), str(value), "stands in a column without a name"))
    return Row(number, cells), faults


def _words(cell: Cell | None) -> str:
    return "" if cell is None else str(cell).strip()


def letters(column: int) -> str:
    """A column's letters as a spreadsheet shows them: 1 is A, 27 is AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
