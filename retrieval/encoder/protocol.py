"""What every sentence encoder is: a card that says which one, and one method."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

MAX_CHARACTERS = 512
"""Of a text, this many characters (from its start) are encoded; what follows does not change the vector."""


@dataclass(frozen=True)
class EncoderCard:
    """Who an encoder is.

    `dimension` counts the numbers of one vector. `fingerprint` is a SHA-256 (64 hexadecimal digits) over all that
    defines the vectors (model files, pooling, prefix): two encoders may share an index only if it is the same.
    `business_use` says whether `licence` lets a shop in business use it.
    """

    name: str
    licence: str
    business_use: bool
    dimension: int
    fingerprint: str


class Encoder(Protocol):
    """Texts to vectors. Safe to call from several threads at once."""

    @property
    def card(self) -> EncoderCard:
        """Which encoder this is."""
        ...

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of shape (len(texts), card.dimension), each row of Euclidean length 1; no text makes it fail."""
        ...


def encodable(text: str) -> str:
    """The first MAX_CHARACTERS of a text, each lone surrogate replaced by U+FFFD, so that UTF-8 can hold it."""
    return text[:MAX_CHARACTERS].encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def fingerprint_of(*parts: str) -> str:
    """One SHA-256 in hexadecimal over the parts, their order and their borders."""
    return hashlib.sha256("\0".join((f"characters={MAX_CHARACTERS}", *parts)).encode()).hexdigest()
