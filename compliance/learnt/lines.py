"""Labelled lines of agents: `data/agent_lines/*.jsonl`, one object a line, read strictly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from contracts.clause import Clause
from contracts.context import Context
from contracts.errors import DataError, InputError
from contracts.platform import Platform
from files.jsonl import JsonLine, read_jsonl

LINES = "agent_lines"
"""The folder below `data/`."""

NO_CLAUSE = "none"
"""What ordinary lines are about."""

AUTOMATIC = "automatic"
"""What ordinary lines are about that leave by themselves: all of them are learnt from, none is held out."""

OF_NO_RULE = frozenset({NO_CLAUSE, AUTOMATIC})
"""What lines are about that belong to no rule."""


class LineRecord(BaseModel):
    """A line as its file writes it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(min_length=1)
    platform: str
    text: str = Field(min_length=1)
    context: dict[str, Any]
    violates: tuple[str, ...]
    about: str = Field(min_length=1)


@dataclass(frozen=True)
class AgentLine:
    """What an agent wrote in a state, the rules it breaks and the rule it is an example for."""

    text: str
    platform: Platform
    context: Context
    violates: tuple[str, ...]
    about: str


def read_lines(folder: Path) -> tuple[AgentLine, ...]:
    """The lines of every file of a folder, in order. Raises DataError with file and line; an id is given once."""
    seen: set[str] = set()
    found: list[AgentLine] = []
    for path in sorted(folder.glob("*.jsonl")):
        for line in read_jsonl(path):
            if line.error is not None:
                raise line.error
            record = _record(path, line)
            if record.id in seen:
                raise DataError("the id is used twice", file=str(path), line=line.number, field=record.id)
            seen.add(record.id)
            found.append(_line(record, path, line))
    return tuple(found)


def lines_of(clause: Clause) -> Iterator[AgentLine]:
    """A clause's own examples as lines, each on the first of its platforms."""
    platform = min(clause.platforms)
    for examples, violates in ((clause.violating, (clause.id,)), (clause.compliant, ())):
        for example in examples:
            context, _ = Context().with_values(example.context)
            yield AgentLine(example.text, platform, context, violates, clause.id)


def _record(path: Path, line: JsonLine) -> LineRecord:
    try:
        return LineRecord.model_validate(line.value)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise DataError(first["msg"], file=str(path), line=line.number, field=field) from None


def _line(record: LineRecord, path: Path, line: JsonLine) -> AgentLine:
    context, warnings = Context().with_values(record.context)
    if warnings:
        raise DataError(warnings[0], file=str(path), line=line.number, field=record.id)
    try:
        platform = Platform.parse(record.platform)
    except InputError as error:
        raise DataError(str(error), file=str(path), line=line.number, field=record.id) from None
    return AgentLine(record.text, platform, context, record.violates, record.about)
