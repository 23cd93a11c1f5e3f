"""Texts that have been read already: replies of the library and the buyer's line come up again and again."""

from __future__ import annotations

from functools import lru_cache, partial

from compliance.index import PatternIndex
from compliance.reading import Reading, read

KEPT = 4096
"""Readings remembered, the latest ones."""

LONGEST_KEPT = 300
"""Characters: a longer text is read anew each time, so that memory stays bounded whatever is sent."""


class Readings:
    """Reads texts with the patterns of one index and remembers the latest; safe to use from several threads."""

    def __init__(self, index: PatternIndex) -> None:
        self._read = partial(read, index=index)
        self._remembered = lru_cache(KEPT)(self._read)

    def of(self, text: str) -> Reading:
        """The reading of a text; the same object for the same text while it is remembered."""
        return self._read(text) if len(text) > LONGEST_KEPT else self._remembered(text)
