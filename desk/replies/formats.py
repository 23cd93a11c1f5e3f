"""The three formats of replies outside the library, by the suffix of the file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from contracts.errors import InputError
from contracts.reply import Reply
from desk.replies.columns import COLUMNS, WIDTHS, as_text, cells_of
from files.csv_table import csv_bytes
from files.xlsx_table import xlsx_bytes
from files.yaml_list import ListFile
from retrieval.library import KEY
from retrieval.reply_record import file_record

SHEET = "replies"
"""The name of the sheet in a workbook."""


def _as_csv(replies: Sequence[Reply]) -> bytes:
    return csv_bytes(COLUMNS, [[as_text(cell) for cell in cells_of(reply)] for reply in replies])


def _as_xlsx(replies: Sequence[Reply]) -> bytes:
    return xlsx_bytes(COLUMNS, [cells_of(reply) for reply in replies], WIDTHS, SHEET)


def _as_yaml(replies: Sequence[Reply]) -> bytes:
    file = ListFile.new("", KEY)
    for reply in replies:
        file.add(file_record(reply))
    return file.text.encode()


_WRITERS: Mapping[str, Callable[[Sequence[Reply]], bytes]] = {".csv": _as_csv, ".xlsx": _as_xlsx, ".yml": _as_yaml}


def suffix_of(path: Path) -> str:
    """The file's format: .csv, .xlsx or .yml. Raises InputError for another one."""
    suffix = {".yaml": ".yml"}.get(path.suffix.lower(), path.suffix.lower())
    if suffix not in _WRITERS:
        raise InputError(f"{path}: the format is told by the suffix; use .csv, .xlsx or .yml")
    return suffix


def file_bytes(replies: Sequence[Reply], path: Path) -> bytes:
    """The replies as the content of a file with this name. Raises InputError for a suffix that is not known."""
    return _WRITERS[suffix_of(path)](replies)
