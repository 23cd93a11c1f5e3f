"""What every command prints, and how it ends."""

from __future__ import annotations

import json
import sys
from enum import IntEnum
from typing import Any


class Exit(IntEnum):
    """Exit codes of every command."""

    DONE = 0
    FINDING = 1
    BAD_INPUT = 2
    SERVICE_DOWN = 3


def to_json(value: Any) -> str:
    """One line of JSON in readable Chinese; what UTF-8 cannot hold is written as a JSON escape."""
    return printable(json.dumps(value, ensure_ascii=False))


def printable(text: str) -> str:
    """The text with lone surrogates escaped, so that it can be written anywhere."""
    return text.encode("utf-8", errors="backslashreplace").decode("utf-8")


def say(text: str) -> None:
    """Print to standard output."""
    print(printable(text))


def tell(text: str) -> None:
    """Print to standard error: progress and notes, which are not the result."""
    print(printable(text), file=sys.stderr)
