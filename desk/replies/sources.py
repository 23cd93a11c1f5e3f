"""An import file, CSV, XLSX or YAML, as the records that stand in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from contracts.errors import DataError, InputError
from contracts.reply import Reply
from desk.replies.columns import COLUMNS, LISTS, flat, nested, value_of
from desk.replies.formats import SHEET, suffix_of
from files.csv_table import GBK_NOTE, read_csv
from files.records import Item, Place, read_items
from files.table import MOST_BYTES, Cell, Row, Table
from files.xlsx_table import read_xlsx
from retrieval.library import KEY

LONGEST_SHOWN = 60
"""Characters of a value in a message."""


@dataclass(frozen=True)
class Fault:
    """What is wrong at one place of an import file; `unit` says what `number` counts: row or line."""

    file: str
    unit: str
    number: int
    column: str
    value: str
    message: str

    def __str__(self) -> str:
        shown = self.value if len(self.value) <= LONGEST_SHOWN else f"{self.value[:LONGEST_SHOWN]}…"
        return f"{self.file}: {self.unit} {self.number}, {self.column}: {shown!r}: {self.message}"


class Faults(InputError):
    """An import file that is not right, with everything that is wrong in it."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        super().__init__("\n".join([*map(str, faults), f"{len(faults)} faults; nothing is imported"]))


@dataclass(frozen=True)
class Entry:
    """One reply of the file: its record, to be decoded, and its place.

    `cells` are those of a table's row, `unread` the columns whose cells are faults already; `lossy`: the encoding of
    the file may have lost characters.
    """

    record: Mapping[str, Any]
    unit: str
    number: int
    item: Item | None = None
    unread: frozenset[str] = frozenset()
    cells: Mapping[str, Cell] = field(default_factory=dict)
    lossy: bool = False

    @property
    def id(self) -> str:
        return str(self.record.get("id", ""))

    def number_at(self, place: Place) -> int:
        """The row, or the line of the value at `place`."""
        return self.item.line_of(place) if self.item else self.number

    def column_at(self, place: Place) -> str:
        """The column of the value at `place`; in YAML its keys."""
        name = ".".join(map(str, place))
        known = [column for column in COLUMNS if name == column or name.startswith(f"{column}.")]
        return name if self.item or not known else known[0]

    def value_at(self, place: Place) -> str:
        """The value at `place` in words, empty when there is none."""
        column = self.column_at(place)
        if column in self.cells and column not in LISTS:
            return str(self.cells[column])
        value: Any = self.record
        for part in place:
            if isinstance(value, Mapping):
                value = value.get(str(part), "")
            elif isinstance(value, list) and isinstance(part, int) and part < len(value):
                value = value[part]
            else:
                return ""
        return str(value)


@dataclass
class Source:
    """The entries of a file and the faults found on the way; `note` says how it was read where that is news."""

    file: str
    entries: list[Entry] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    note: str = ""


def read_source(path: Path, known: Mapping[str, Reply]) -> Source:
    """The file's entries, in order. Raises DataError for a file that cannot be read at all, InputError by its suffix.

    `known` are the replies there are, by id: a column that a table does not have leaves their field as it is. A YAML
    record, like those of the library's own files, is whole: a field that it does not have is empty.
    """
    suffix = suffix_of(path)
    if suffix == ".yml":
        return _read_yaml(path)
    table = read_csv(path, COLUMNS) if suffix == ".csv" else read_xlsx(path, COLUMNS, SHEET)
    return _read_table(path, table, known)


def _read_yaml(path: Path) -> Source:
    try:
        size = path.stat().st_size
    except OSError as error:
        raise DataError(f"cannot be read: {error.strerror}", file=str(path)) from None
    if size > MOST_BYTES:
        raise DataError(f"is larger than {MOST_BYTES >> 20} MB; import it in parts", file=str(path))
    source = Source(str(path))
    for item in read_items(path, KEY):
        try:
            record = item.plain()
            if not isinstance(record, dict):
                raise DataError("is not a record", file=str(path), line=item.line)
        except DataError as error:
            line = error.line or item.line
            source.faults.append(Fault(str(path), "line", line, error.field or KEY, "", error.message))
        else:
            source.entries.append(Entry(record, "line", item.line, item))
    return source


def _read_table(path: Path, table: Table, known: Mapping[str, Reply]) -> Source:
    faults = [Fault(str(path), "row", cell.row, cell.column, cell.value, cell.message) for cell in table.faults]
    source = Source(str(path), faults=faults, note=table.note)
    if "id" not in table.columns:
        faults.append(Fault(str(path), "row", 1, "id", "", "the column is missing"))
        return source
    broken: dict[int, set[str]] = {}
    for fault in faults:
        broken.setdefault(fault.number, set()).add(fault.column)
    for row in table.rows:
        source.entries.append(_entry(row, table, known, source, broken.get(row.number, set())))
    return source


def _entry(row: Row, table: Table, known: Mapping[str, Reply], source: Source, unread: set[str]) -> Entry:
    there = known.get(str(row.cells.get("id", "")))
    values = {name: value for name, value in flat(there).items() if name not in table.columns} if there else {}
    for column, value, message in _values(row):
        if message:
            unread.add(column)
            source.faults.append(Fault(source.file, "row", row.number, column, str(row.cells[column]), message))
        else:
            values[column] = value
    lossy = table.note == GBK_NOTE
    return Entry(nested(values), "row", row.number, unread=frozenset(unread), cells=row.cells, lossy=lossy)


def _values(row: Row) -> Iterator[tuple[str, Any, str]]:
    for column, cell in row.cells.items():
        try:
            yield column, value_of(column, cell), ""
        except ValueError as error:
            yield column, None, str(error)
