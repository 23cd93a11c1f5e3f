"""A message as the clauses that it strings together."""

from __future__ import annotations

import re

_BREAK = re.compile(r"[\s。！!？?；;~～…，]+|(?<=[^\x00-\x7f]),")
SHORTEST = 2
"""Characters: a shorter piece says nothing by itself."""
MOST = 8
"""Clauses that are read at most; a longer message is a story, and is read as a whole."""


def split_clauses(text: str) -> list[str]:
    """The clauses of a text, in order; none when it is one clause, or more than `MOST`."""
    clauses = [piece for piece in _BREAK.split(text) if piece and len(piece) >= SHORTEST]
    return clauses if 1 < len(clauses) <= MOST else []
