"""One rule of a platform, as the checker applies it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

from contracts.platform import Platform


class Severity(str, Enum):
    """What a breach does: `block` keeps the text from leaving, `warn` is shown."""

    BLOCK = "block"
    WARN = "warn"


@dataclass(frozen=True)
class Source:
    """Where the rule comes from; `verified_on` is absent while nobody compared it with the platform's text."""

    document: str
    note: str = ""
    effective_from: date | None = None
    verified_on: date | None = None


@dataclass(frozen=True)
class CheckSpec:
    """How a clause is decided: the kind of check and the options that this kind understands."""

    kind: str
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Example:
    """A text with the context it is read in."""

    text: str
    context: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Clause:
    """A rule: what it says, what a breach costs, where it is from, how it is checked, and its own test cases."""

    id: str
    platforms: frozenset[Platform]
    topic: str
    statement_zh: str
    statement_en: str
    penalty: str
    severity: Severity
    source: Source
    check: CheckSpec
    why: str
    instead: str
    violating: tuple[Example, ...]
    compliant: tuple[Example, ...]
    hint: bool = False
    """Advice on manner, which a shop may switch off; always a warning."""
