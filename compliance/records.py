"""Clauses and word classes as their files write them."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from contracts.clause import Severity


class _Record(BaseModel):
    """A record that refuses unknown keys and never changes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class StatementRecord(_Record):
    """What a clause says, in both languages."""

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)


class SourceRecord(_Record):
    """Where a clause is from."""

    document: str = Field(min_length=1)
    note: str = ""
    effective_from: date | None = None
    verified_on: date | None = None


class ExampleRecord(_Record):
    """An example with the context it is read in."""

    text: str = Field(min_length=1)
    context: dict[str, Any]


class ClauseRecord(_Record):
    """A clause."""

    id: str
    platforms: tuple[str, ...] = Field(min_length=1)
    topic: str = Field(min_length=1)
    statement: StatementRecord
    penalty: str = Field(min_length=1)
    severity: Severity
    source: SourceRecord
    check: dict[str, Any]
    why: str = Field(min_length=1)
    instead: str = Field(min_length=1)
    violating: tuple[str | ExampleRecord, ...] = Field(min_length=1)
    compliant: tuple[str | ExampleRecord, ...] = Field(min_length=1)
    hint: bool = False


class WordRecord(_Record):
    """A word class: its name and the patterns of its members."""

    name: str = Field(min_length=1)
    any: tuple[str, ...] = Field(min_length=1)
