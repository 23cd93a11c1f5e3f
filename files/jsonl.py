"""JSON lines, read one at a time so that a broken line is reported and the rest goes on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from contracts.errors import DataError


@dataclass(frozen=True)
class JsonLine:
    """Line `number` (from 1): its object, or `error` when it holds none."""

    number: int
    value: dict[str, Any]
    error: DataError | None = None


def count_lines(path: Path) -> int:
    """How many lines that are not blank the file holds. Raises DataError."""
    try:
        with path.open("rb") as stream:
            return sum(1 for line in stream if line.strip())
    except OSError as error:
        raise DataError(f"cannot be read: {error.strerror}", file=str(path)) from None


def read_jsonl(path: Path) -> Iterator[JsonLine]:
    """Every line that is not blank. Raises DataError when the file cannot be read at all."""
    try:
        stream = path.open("rb")
    except OSError as error:
        raise DataError(f"cannot be read: {error.strerror}", file=str(path)) from None
    with stream:
        for number, raw in enumerate(stream, start=1):
            if raw.strip():
                yield _line(path, number, raw)


def _line(path: Path, number: int, raw: bytes) -> JsonLine:
    try:
        value = json.loads(raw.decode("utf-8-sig" if number == 1 else "utf-8"))
    except UnicodeDecodeError as error:
        return JsonLine(number, {}, DataError(f"is not UTF-8 (byte {error.start})", file=str(path), line=number))
    except (ValueError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else "nested too deeply or too large a number"
        return JsonLine(number, {}, DataError(f"is not JSON: {reason}", file=str(path), line=number))
    if not isinstance(value, dict):
        return JsonLine(number, {}, DataError("is not a JSON object", file=str(path), line=number))
    return JsonLine(number, value)
