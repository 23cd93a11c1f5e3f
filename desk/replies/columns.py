"""The columns of a reply in a table, and the cells in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from typing import Any

from contracts.errors import InputError
from contracts.reply import Reply
from desk.replies.when_cell import read_when, write_when
from files.table import Cell
from retrieval.reply_record import file_record

LISTS = ("platforms", "questions", "keeps")
"""Columns that hold a list, an item a line."""
NAMES = ("platforms", "keeps")
"""Those of them whose items have no spaces or commas, which therefore part them too."""
DAYS = ("valid.from", "valid.to", "approved.on")
COLUMNS = (
    "id", "topic", "platforms", "text", "promise", "questions", "when", "auto",
    "valid.from", "valid.to", "keeps", "approved.by", "approved.on",
)  # fmt: skip
WIDTHS = {"id": 32, "topic": 22, "text": 60, "promise": 20, "questions": 40, "when": 30, "keeps": 30}
"""In characters; the others have the spreadsheet's own."""

_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_TRUTH = {"true": True, "yes": True, "是": True, "1": True, "false": False, "no": False, "否": False, "0": False}


def flat(reply: Reply) -> dict[str, Any]:
    """The reply's fields by column, as its file writes them; what is empty is not there."""
    return dict(_flattened(file_record(reply)))


def _flattened(record: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in record.items():
        if name in COLUMNS:
            yield name, value
        else:
            yield from ((f"{name}.{part}", inner) for part, inner in value.items())


def nested(values: Mapping[str, Any]) -> dict[str, Any]:
    """The record that the columns say; `valid` and `approved` are there, even when empty."""
    record: dict[str, Any] = {"valid": {}, "approved": {}}
    for column, value in values.items():
        name, _, part = column.partition(".")
        if part:
            record[name][part] = value
        else:
            record[name] = value
    return record


def cells_of(reply: Reply) -> tuple[Cell, ...]:
    """A reply as a row of cells, in the order of COLUMNS; an empty cell is an empty text.

    Raises InputError for a list whose items have line breaks of their own.
    """
    values = flat(reply)
    for column in LISTS:
        if any("\n" in item or "\r" in item for item in values.get(column, ())):
            raise InputError(f"{reply.id}: {column}: an item with a line break cannot stand in a cell")
    return tuple(_cell(column, values.get(column)) for column in COLUMNS)


def _cell(column: str, value: Any) -> Cell:
    if column in LISTS:
        return "\n".join(value or ())
    if column == "when":
        return write_when(value or {})
    if column == "auto":
        return bool(value)
    plain: Cell = "" if value is None else value
    return plain


def as_text(cell: Cell) -> str:
    """A cell as CSV has it."""
    return ("true" if cell else "false") if isinstance(cell, bool) else str(cell)


def value_of(column: str, cell: Cell) -> Any:
    """What a cell says, for the record to check. Raises ValueError for a cell that cannot be read."""
    return _READERS.get(column, _text)(cell)


def _text(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return as_text(cell).replace("\r\n", "\n").replace("\r", "\n")


def _lines(cell: Cell) -> list[str]:
    return [line for line in _text(cell).split("\n") if line.strip()]


def _names(cell: Cell) -> list[str]:
    return [name for name in re.split(r"[\s,，、;；]+", _text(cell)) if name]


def _truth(cell: Cell) -> bool:
    word = _text(cell).lower()
    if word not in _TRUTH:
        raise ValueError("is neither true nor false (是, 否)")
    return _TRUTH[word]


def _day(cell: Cell) -> date:
    if isinstance(cell, date):
        return cell
    found = _DAY.fullmatch(_text(cell))
    if found:
        year, month, day = map(int, found.groups())
        with suppress(ValueError):
            return date(year, month, day)
    raise ValueError("is not a day like 2026-11-21")


_READERS: Mapping[str, Callable[[Cell], Any]] = {
    **dict.fromkeys(LISTS, _lines),
    **dict.fromkeys(NAMES, _names),
    **dict.fromkeys(DAYS, _day),
    "when": lambda cell: read_when(_text(cell)),
    "auto": _truth,
}
