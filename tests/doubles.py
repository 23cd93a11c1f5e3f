"""Small real things that stand for large ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from contracts.platform import Platform
from contracts.reply import Approval, Condition, Reply, Validity
from contracts.turn import Inquiry
from contracts.understanding import Understanding
from retrieval.encoder.protocol import EncoderCard

TODAY = date(2026, 11, 21)
EVERYWHERE = frozenset(Platform)


class LetterEncoder:
    """Counts the characters of a text by code point: texts of the same characters are the same."""

    def __init__(self, name: str = "letters", dimension: int = 64) -> None:
        self.card = EncoderCard(name, "none", True, dimension, name.ljust(64, "0"))

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of shape (len(texts), dimension), each row of length 1."""
        vectors = np.full((len(texts), self.card.dimension), 1e-6, dtype=np.float32)
        for row, text in enumerate(texts):
            np.add.at(vectors[row], [ord(character) % self.card.dimension for character in text], 1)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


class FixedReader:
    """Reads the same in every message, and remembers what it was asked."""

    patience = 60.0

    def __init__(self, understanding: Understanding) -> None:
        self.understanding = understanding
        self.asked: list[Inquiry] = []
        self.closed = False

    def read(self, inquiry: Inquiry) -> Understanding:
        """The one reading."""
        self.asked.append(inquiry)
        return self.understanding

    def ready(self) -> bool:
        return True

    def close(self) -> None:
        self.closed = True


def make_reply(
    name: str,
    text: str,
    *questions: str,
    topic: str = "invoice/issue",
    platforms: frozenset[Platform] = EVERYWHERE,
    when: Mapping[str, Sequence[Any]] | None = None,
    valid: Validity | None = None,
) -> Reply:
    """An approved reply."""
    return Reply(
        id=name,
        topic=topic,
        platforms=platforms,
        text=text,
        questions=questions or (text,),
        approved=Approval("demo", TODAY),
        when=tuple(Condition(key, tuple(values)) for key, values in (when or {}).items()),
        valid=valid or Validity(),
    )
