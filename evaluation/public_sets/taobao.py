"""The E-commerce Dialogue Corpus from Taobao (Zhang et al. 2018, github.com/cooelf/DeepUtteranceAggregation).

A line is `label TAB utterance TAB ... TAB response`, words apart by blanks; label 1 is the true response. The lines of
one conversation follow each other, ten candidates each in `test.txt` (`test` in the sample of the repository).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from contracts.errors import DataError
from evaluation.public_sets.lines import Selection

FILES = ("test.txt", "test")
CANDIDATES = 10


def read_taobao(folder: Path) -> Iterator[Selection]:
    """The conversations of the test file, one at a time. Raises DataError with file and line."""
    path = next((folder / name for name in FILES if (folder / name).is_file()), folder / FILES[0])
    for context, rows in groupby(_rows(path), key=lambda row: row[1]):
        some = list(rows)
        for start in range(0, len(some), CANDIDATES):
            yield _selection(context, some[start : start + CANDIDATES], path)


Row = tuple[int, tuple[str, ...], str, bool]
"""Line number, context, response, whether it is the true one."""


def _rows(path: Path) -> Iterator[Row]:
    try:
        stream = path.open("rb")
    except OSError as error:
        raise DataError(f"cannot be read: {error.strerror}", file=str(path)) from None
    with stream:
        for number, raw in enumerate(stream, start=1):
            if raw.strip():
                yield _row(raw, path, number)


def _row(raw: bytes, path: Path, number: int) -> Row:
    try:
        label, *parts = raw.decode("utf-8").rstrip("\r\n").split("\t")
    except UnicodeDecodeError as error:
        raise DataError(f"is not UTF-8 (byte {error.start})", file=str(path), line=number) from None
    if label not in ("0", "1"):
        raise DataError(f"the label must be 0 or 1, not {label[:20]!r}", file=str(path), line=number)
    if len(parts) < 2:
        raise DataError("has no response after its context", file=str(path), line=number)
    *context, response = ("".join(part.split()) for part in parts)
    return number, tuple(context), response, label == "1"


def _selection(context: tuple[str, ...], rows: list[Row], path: Path) -> Selection:
    right = frozenset(place for place, row in enumerate(rows) if row[3])
    if len(rows) != CANDIDATES or not right:
        fault = f"a conversation needs {CANDIDATES} lines with a true response, this has {len(rows)} and {len(right)}"
        raise DataError(fault, file=str(path), line=rows[0][0])
    return Selection(context, tuple(row[2] for row in rows), right)
