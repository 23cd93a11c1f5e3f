"""A message as the parts that it strings together."""

from __future__ import annotations

import re

_BREAK = re.compile(r"[\s。！!？?；;~～…，]+|(?<=[^\x00-\x7f]),")
SHORTEST = 2
"""Characters: a shorter piece says nothing by itself."""
MOST = 8
"""Parts that are read at most; a longer message is a story, and is read as a whole."""


def split_parts(text: str) -> list[str]:
    """The parts of a text, in order; none when it is one part, or more than `MOST`."""
    parts = [piece for piece in _BREAK.split(text) if piece and len(piece) >= SHORTEST]
    return parts if 1 < len(parts) <= MOST else []
