"""BANKING77 (Casanueva et al. 2020, github.com/PolyAI-LDN/task-specific-datasets): `train.csv` and `test.csv`.

CSV with the head `text,category`; every line is in scope.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from contracts.errors import DataError
from evaluation.public_sets.lines import IntentSet, Line

_HEAD = ["text", "category"]


def read_banking77(folder: Path) -> IntentSet:
    """The set below `folder`. Raises DataError with file, line and field."""
    train, test = list(_lines(folder / "train.csv")), list(_lines(folder / "test.csv"))
    unknown = {line.label for line in test} - {line.label for line in train}
    if unknown:
        raise DataError(
            f"categories that train.csv has not: {', '.join(sorted(unknown))}", file=str(folder / "test.csv")
        )
    return IntentSet("BANKING77", train, (), test)


def _lines(path: Path) -> Iterator[Line]:
    try:
        stream = path.open(encoding="utf-8-sig", newline="")
    except OSError as error:
        raise DataError(f"cannot be read: {error.strerror}", file=str(path)) from None
    with stream:
        reader = csv.reader(stream, strict=True)
        try:
            if next(reader, None) != _HEAD:
                raise DataError("must begin with text,category", file=str(path), line=1)
            for row in reader:
                yield _line(row, path, reader.line_num)
        except UnicodeDecodeError as error:
            raise DataError(f"is not UTF-8 (byte {error.start})", file=str(path)) from None
        except csv.Error as error:
            raise DataError(f"is not CSV: {error}", file=str(path), line=reader.line_num) from None


def _line(row: list[str], path: Path, number: int) -> Line:
    if len(row) != len(_HEAD):
        raise DataError(f"has {len(row)} fields, not {len(_HEAD)}", file=str(path), line=number)
    for name, value in zip(_HEAD, row, strict=True):
        if not value.strip():
            raise DataError("is empty", file=str(path), line=number, field=name)
    return Line(*row)
