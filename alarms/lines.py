"""Labelled lines of buyers: `data/alarm_lines/*.jsonl`, one object a line, read strictly."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from contracts.errors import DataError
from files.jsonl import JsonLine, read_jsonl

LINES = "alarm_lines"
"""The folder below `data/`."""

_Kind = Literal["injury", "privacy", "outside", "person", "threat", "dispute", "abuse", "complaint"]


class _LineRecord(BaseModel):
    """A line as its file writes it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str = Field(min_length=1)
    kinds: tuple[_Kind, ...]
    near: _Kind | None = None


@dataclass(frozen=True)
class AlarmLine:
    """What a buyer wrote, the kinds of alarms in it, and the kind that a line without any is a near miss of."""

    text: str
    kinds: tuple[str, ...] = ()
    near: str = ""


def read_lines(folder: Path) -> tuple[AlarmLine, ...]:
    """The lines of every file of a folder, in order. Raises DataError with file and line; a text is given once."""
    seen: set[str] = set()
    found: list[AlarmLine] = []
    for path in sorted(folder.glob("*.jsonl")):
        for line in read_jsonl(path):
            if line.error is not None:
                raise line.error
            record = _record(path, line)
            if record.text in seen:
                raise DataError("the text is given twice", file=str(path), line=line.number, field=record.text)
            if record.kinds and record.near:
                raise DataError("a near miss is of no kind", file=str(path), line=line.number, field=record.text)
            seen.add(record.text)
            found.append(AlarmLine(record.text, record.kinds, record.near or ""))
    return tuple(found)


def _record(path: Path, line: JsonLine) -> _LineRecord:
    try:
        return _LineRecord.model_validate(line.value)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise DataError(first["msg"], file=str(path), line=line.number, field=field) from None
