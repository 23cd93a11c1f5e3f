"""Tables as XLSX workbooks, with openpyxl behind this file only."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string
from openpyxl.utils.exceptions import IllegalCharacterError

from contracts.errors import DataError, InputError
from files.table import MOST_BYTES, MOST_ROWS, Cell, CellFault, Table, guarded, letters, table_of

LONGEST_CELL = 32_767
"""Characters: what a cell of Excel holds."""

MOST_COLUMNS = 100
"""Columns that are looked at; what stands further to the right is not read."""

_UNREADABLE = {"f": "is a formula; write its value", "e": "is an error value"}
"""Kinds of cells that say nothing by themselves."""

_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="(\d{1,9})"')
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')


def xlsx_bytes(columns: Sequence[str], rows: Sequence[Sequence[Cell]], widths: Mapping[str, int], sheet: str) -> bytes:
    """The table as a workbook of one sheet; `widths` are in characters.

    Raises InputError for a text that a cell cannot hold.
    """
    book = Workbook()
    page: Any = book.active
    page.title = sheet
    page.append(list(columns))
    for number, row in enumerate(rows, start=2):
        for place, value in enumerate(row, start=1):
            if value != "":
                _write(page, number, place, value, columns[place - 1])
    for cell in page[1]:
        cell.font = Font(bold=True)
    for place, name in enumerate(columns, start=1):
        page.column_dimensions[letters(place)].width = widths.get(name, 12)
    page.freeze_panes = "B2"
    page.auto_filter.ref = page.dimensions
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _write(page: Any, row: int, column: int, value: Cell, name: str) -> None:
    if isinstance(value, str) and len(value) >= LONGEST_CELL:
        raise InputError(f"row {row}, {name}: {len(value)} characters are more than a cell of Excel holds")
    try:
        cell = page.cell(row, column, guarded(value) if isinstance(value, str) else value)
    except IllegalCharacterError:
        raise InputError(f"row {row}, {name}: a control character, which a cell of Excel cannot hold") from None
    if isinstance(value, str):
        cell.data_type = "s"
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def read_xlsx(path: Path, known: Sequence[str], sheet: str) -> Table:
    """The table on the sheet called `sheet`, or on the only sheet, of a workbook. Raises DataError.

    Formulas, error values and merged cells are faults of their cells. The sheet is read as a stream and within bounds:
    openpyxl's other way makes an object for every cell of a merged area, however large the file says it is.
    """
    _check_size(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of features that openpyxl leaves out; cells are all that counts here
            book = load_workbook(path, read_only=True)
        with closing(book):
            page = _page(book, str(path), sheet)
            merged = _surveyed(path, page)
            rows = [list(row) for row in page.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS)]
    except DataError:
        raise
    except Exception as error:  # whatever part of the workbook is broken, openpyxl has another error for it
        raise DataError(f"is not a workbook that can be read ({type(error).__name__})", file=str(path)) from None
    header = [str(cell.value or "").strip() for cell in rows[0]] if rows else []
    faults = [*_cell_faults(rows, header), *_merged_faults(merged, header)]
    cells = ((number, [_value(cell) for cell in row]) for number, row in enumerate(rows, start=1))
    return table_of(str(path), cells, known, faults)


def _check_size(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
    except OSError as error:
        raise DataError(f"cannot be read: {error.strerror}", file=str(path)) from None
    except zipfile.BadZipFile:
        raise DataError("is not an .xlsx workbook (an old .xls must be saved anew)", file=str(path)) from None
    if size > MOST_BYTES:
        raise DataError(f"unpacks to more than {MOST_BYTES >> 20} MB; import it in parts", file=str(path))


def _page(book: Any, file: str, sheet: str) -> Any:
    pages = [page for page in book.worksheets if page.title == sheet] or book.worksheets
    if len(pages) != 1:
        named = "、".join(page.title for page in pages)
        raise DataError(f"has {len(pages)} sheets ({named}); call the one to read {sheet!r}", file=file)
    return pages[0]


def _surveyed(path: Path, page: Any) -> list[str]:
    """The merged areas of the sheet, which a stream leaves out. Raises DataError for rows beyond the last one read."""
    with zipfile.ZipFile(path) as archive:
        content = archive.read(page._worksheet_path)
    last = max((int(number) for number in _ROW.findall(content)), default=0)
    if last > MOST_ROWS + 1:
        raise DataError(
            f"the sheet {page.title!r} reaches to row {last}, more than {MOST_ROWS}; "
            "delete the empty rows below the last one, or import it in parts",
            file=str(path),
        )
    return [area.decode() for area in _MERGED.findall(content)]


def _value(cell: Any) -> Cell | None:
    value = cell.value
    if cell.data_type in _UNREADABLE:
        return None
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    if value is None or isinstance(value, (str, bool, int, float, date)):
        return value.isoformat(" ") if isinstance(value, datetime) else value
    return str(value)


def _cell_faults(rows: Sequence[Sequence[Any]], header: Sequence[str]) -> Iterator[CellFault]:
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row, start=1):
            if cell.data_type in _UNREADABLE:
                yield CellFault(number, _named(header, column), str(cell.value), _UNREADABLE[cell.data_type])


def _merged_faults(areas: Sequence[str], header: Sequence[str]) -> Iterator[CellFault]:
    for area in areas:
        column, row = coordinate_from_string(area.partition(":")[0])
        message = f"is merged over {area}; every cell has a value of its own"
        yield CellFault(row, _named(header, column_index_from_string(column)), area, message)


def _named(header: Sequence[str], column: int) -> str:
    return (header[column - 1] if column <= len(header) else "") or letters(column)
