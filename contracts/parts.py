"""A message as the parts that it strings together."""

from __future__ import annotations

import re

_NEXT = r"(?<=[^\s，,]{4})(?=(?:然后|另外[我还想请麻帮问那]|顺便|还有就是|再就是|再问一?下)[^\s，,]{4})"
"""Where spoken text goes on to another thing; a part that begins so keeps the word."""
_BREAK = re.compile(rf"[\s。！!？?；;~～…，]+|(?<=[^\x00-\x7f]),|{_NEXT}")
SHORTEST = 2
"""Characters: a shorter piece says nothing by itself."""
MOST = 8
"""Parts that are read at most; a longer message is a story, and is read as a whole."""


def split_parts(text: str) -> list[str]:
    """The parts of a text, in order; none when it is one part, or more than `MOST`."""
    parts = [piece for piece in _BREAK.split(text) if piece and len(piece) >= SHORTEST]
    return parts if 1 < len(parts) <= MOST else []
