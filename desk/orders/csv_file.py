"""Orders from a CSV file: every row is read before anything is kept, and every fault is named with its line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timezone, tzinfo
from pathlib import Path

from contracts.errors import DataError
from contracts.text import clean_optional
from desk.orders.fields import ORDER_KEYS, STATE_KEYS, read_fields
from desk.storage.orders import OrderRow

COLUMNS = ("buyer", "placed_at", *ORDER_KEYS, *STATE_KEYS)
"""What a file may have; `number` is what it must have."""

_SHOWN = 20
"""Faults that are shown; the rest are counted."""

_LONGEST = 200


@dataclass
class _Reading:
    """The rows read so far, and what was wrong."""

    zone: tzinfo
    rows: dict[str, OrderRow] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def take(self, line: int, cells: dict[str, str]) -> None:
        number = cells.get("number", "")
        known, faults = read_fields({key: value for key, value in cells.items() if value}, self.zone)
        placed_at = self._placed(cells.get("placed_at", ""), faults)
        if not number:
            faults.append("number is missing")
        elif number in self.rows:
            faults.append(f"the number {number} stands in an earlier line")
        faults = [fault.replace(" is ignored", "") for fault in faults]
        faults += [f"{key} is longer than {_LONGEST} characters" for key, cell in cells.items() if len(cell) > _LONGEST]
        self.faults += [f"line {line}: {fault}" for fault in faults]
        known.pop("number", None)
        self.rows[number] = OrderRow(number, cells.get("buyer", ""), placed_at, known)

    def _placed(self, text: str, faults: list[str]) -> datetime | None:
        if not text:
            return None
        try:
            moment = datetime.fromisoformat(text)
            aware = moment if moment.tzinfo else moment.replace(tzinfo=self.zone)
            aware.astimezone(timezone.utc)
        except (ValueError, OverflowError):
            faults.append(f"placed_at {text!r} is not an ISO time")
            return None
        return aware


def read_orders(path: Path, zone: tzinfo) -> tuple[OrderRow, ...]:
    """The orders of a file, with UTF-8 or GB18030 characters; `zone` is that of times without one.

    Raises DataError that names every faulty line (the first ones in full, the others counted).
    """
    text = _text(path)
    reading = _Reading(zone)
    try:
        for line, cells in _lines(path, text):
            if isinstance(cells, str):
                reading.faults.append(f"line {line}: {cells}")
            else:
                reading.take(line, cells)
    except csv.Error as error:
        raise DataError(f"is not CSV: {error}", file=str(path)) from None
    if reading.faults:
        more = len(reading.faults) - _SHOWN
        shown = [*reading.faults[:_SHOWN], *([f"and {more} more"] if more > 0 else [])]
        raise DataError("nothing was imported\n  " + "\n  ".join(shown), file=str(path))
    if not reading.rows:
        raise DataError("holds no order", file=str(path))
    return tuple(reading.rows.values())


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise DataError(f"cannot be read: {error.strerror}", file=str(path)) from None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise DataError("is neither UTF-8 nor GB18030", file=str(path))


def _lines(path: Path, text: str) -> Iterator[tuple[int, dict[str, str] | str]]:
    """Each row with its line: its cells by column, or what is wrong with it."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header = [clean_optional(name) for name in next(reader, [])]
    _check_header(path, header)
    for row in reader:
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(header):
            yield reader.line_num, f"has {len(row)} cells, the first line has {len(header)}"
        else:
            yield reader.line_num, dict(zip(header, (clean_optional(cell) for cell in row), strict=True))


def _check_header(path: Path, header: list[str]) -> None:
    unknown = [name for name in header if name not in COLUMNS]
    doubled = [name for name in header if header.count(name) > 1]
    if unknown:
        message = f"unknown column {unknown[0]!r}; known: {', '.join(COLUMNS)}"
        raise DataError(message, file=str(path), line=1)
    if doubled:
        raise DataError("is given twice", file=str(path), line=1, field=doubled[0])
    if "number" not in header:
        raise DataError("the column 'number' is missing", file=str(path), line=1)
