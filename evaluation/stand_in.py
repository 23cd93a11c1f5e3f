"""An encoder for libraries that are larger than the time there is: it encodes the first texts and makes up the rest."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from retrieval.encoder.protocol import Encoder, EncoderCard

JITTER = 0.35
"""How far a made-up vector lies from the real one that it was made from: their cosine is 1 / sqrt(1 + JITTER ** 2)."""


class StandInEncoder:
    """Encodes the first `most` texts; each later one gets the vector of one of those, shifted a little at random.

    `known` are vectors of the first texts, where somebody has encoded them already. `encoding` and `jittering` are the
    seconds that the two took.
    """

    def __init__(self, encoder: Encoder, most: int, known: NDArray[np.float32] | None = None, seed: int = 23) -> None:
        self._encoder = encoder
        self._most = most
        self._random = np.random.default_rng(seed)
        self._known = known[:most] if known is not None else np.empty((0, self.card.dimension), dtype=np.float32)
        self._made: list[NDArray[np.float32]] = []
        self._pool: NDArray[np.float32] | None = None
        self.given = 0
        self.encoding = self.jittering = 0.0

    @property
    def card(self) -> EncoderCard:
        """The card of the encoder behind it."""
        return self._encoder.card

    def real(self) -> NDArray[np.float32]:
        """The vectors that were not made up, so far, (n, dimension)."""
        return self._pool if self._pool is not None else np.concatenate([self._known[: self.given], *self._made])

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of shape (len(texts), card.dimension), each row of length 1."""
        known = self._known[self.given : self.given + len(texts)]
        count = max(len(known), min(len(texts), self._most - self.given))
        begun = time.perf_counter()
        encoded = self._encoder.encode(texts[len(known) : count])
        ended = time.perf_counter()
        self._made.append(encoded)
        self.given += count
        made_up = self._jittered(len(texts) - count)
        self.encoding += ended - begun
        self.jittering += time.perf_counter() - ended
        return np.concatenate([known, encoded, made_up])

    def _jittered(self, count: int) -> NDArray[np.float32]:
        if not count:
            return self._known[:0]
        if self._pool is None:
            self._pool = self.real()
            self._made = []
        dimension = self.card.dimension
        shifts = self._random.standard_normal((count, dimension), dtype=np.float32)
        vectors = self._pool[self._random.integers(len(self._pool), size=count)]
        vectors = vectors + shifts * np.float32(JITTER / np.sqrt(dimension))
        made_up: NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return made_up
