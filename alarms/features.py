"""What the learnt alarms see of a line beside its vector: its characters, in pieces of up to three."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from contracts.text import normalise

GROUPS: Mapping[str, float] = {"b": 1.0}
"""What the characters count beside the vector."""

_LONGEST_GRAM = 3
_MOST_CHARACTERS = 200
"""Of a line, this many characters (from its start) are read."""

_DATA = re.compile(r"[\w.+-]+@[\w.-]*|\d{8}(?:(?![vw]x|qq)[\da-z]){5,}|[\d-]{5,}", re.ASCII | re.IGNORECASE)
"""Mail addresses, tax numbers (also mistyped ones) and long numbers: data, not words."""


def words(text: str) -> str:
    """The line without mail addresses, tax numbers and long numbers."""
    return _DATA.sub(" ", text).strip()


def tokens(text: str) -> Iterator[str]:
    """Every piece of the line in normal form, once for each time it occurs."""
    marked = f"^{normalise(text).text[:_MOST_CHARACTERS]}$"
    for size in range(1, _LONGEST_GRAM + 1):
        for start in range(len(marked) - size + 1):
            yield f"b{marked[start : start + size]}"
