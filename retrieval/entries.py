"""What is indexed: a reply's text, and each question beside it."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.reply import SLOT
from retrieval.library import Library


@dataclass(frozen=True)
class Entry:
    """One indexed text of the reply at position `reply` of the library."""

    reply: int
    text: str


def entries_of(library: Library) -> tuple[Entry, ...]:
    """All texts to index, reply by reply: first its own text (slots left out), then its questions."""
    return tuple(
        Entry(position, text)
        for position, reply in enumerate(library.replies)
        for text in (SLOT.sub("", reply.text), *reply.questions)
    )
