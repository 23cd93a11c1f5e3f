"""Tables as CSV: written as UTF-8 with the mark that Excel needs, read in what Excel and others write."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from contracts.errors import DataError
from files.table import MOST_BYTES, Table, guarded, table_of

_SEPARATORS = ",\t;"
_STRAY = 0.1
"""Share of the characters beyond ASCII that may be broken before a file is no longer taken for UTF-8 with faults."""
GBK_NOTE = "is not UTF-8; it was read as GBK (Chinese Excel's own CSV)"


def csv_bytes(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """The table as a CSV file that Excel opens as it is."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(columns)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return stream.getvalue().encode("utf-8-sig")


def read_csv(path: Path, known: Sequence[str]) -> Table:
    """The table of a CSV file: UTF-8, UTF-16 or GBK; comma, semicolon or tab. Raises DataError."""
    try:
        raw = path.read_bytes() if path.stat().st_size <= MOST_BYTES else None
    except OSError as error:
        raise DataError(f"cannot be read: {error.strerror}", file=str(path)) from None
    if raw is None:
        raise DataError(f"is larger than {MOST_BYTES >> 20} MB; import it in parts", file=str(path))
    text, note = _decoded(raw, str(path))
    table = table_of(str(path), _rows(text, str(path)), known)
    return Table(table.columns, table.rows, table.faults, note)


def _decoded(raw: bytes, file: str) -> tuple[str, str]:
    """The text, and a note on the encoding where it is not the one that we write."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return raw.decode("utf-16"), "was read as UTF-16"
        except UnicodeDecodeError as error:
            raise DataError(f"is not UTF-16 (byte {error.start})", file=file) from None
    try:
        return raw.decode("utf-8-sig"), ""
    except UnicodeDecodeError as error:
        if not _is_utf8_with_faults(raw):
            try:
                return raw.decode("gb18030"), GBK_NOTE
            except UnicodeDecodeError:
                pass
        message = f"is neither UTF-8 (byte {error.start}) nor GBK; save it as CSV UTF-8"
        raise DataError(message, file=file, line=raw.count(b"\n", 0, error.start) + 1) from None


def _is_utf8_with_faults(raw: bytes) -> bool:
    """Whether the file is UTF-8 but for a few bytes: read as GBK, all of its Chinese would become other words."""
    text = raw.decode("utf-8", errors="replace")
    beyond = sum(not character.isascii() for character in text)
    return text.count("\ufffd") <= beyond * _STRAY


def _rows(text: str, file: str) -> Iterator[tuple[int, Sequence[str]]]:
    """Each row with its number as a spreadsheet counts: a cell of several lines is one row."""
    header = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    while True:
        number += 1
        try:
            row = next(reader, None)
        except csv.Error as error:
            raise DataError(f"is not CSV: row {number}: {error}", file=file, line=reader.line_num) from None
        if row is None:
            return
        yield number, row
