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

    `encoding` and `jittering` are the seconds that the two took.
    """

    def __init__(self, encoder: Encoder, most: int, seed: int = 23) -> None:
        self._encoder = encoder
        self._most = most
        self._random = np.random.default_rng(seed)
        self._real: list[NDArray[np.float32]] = []
        self._pool: NDArray[np.float32] | None = None
        self.encoded = 0
        self.encoding = self.jittering = 0.0

    @property
    def card(self) -> EncoderCard:
        """The card of the encoder behind it."""
        return self._encoder.card

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of shape (len(texts), card.dimension), each row of length 1."""
        real, started = texts[: self._most - self.encoded], time.perf_counter()
        vectors = self._encoder.encode(real)
        self._real.append(vectors)
        self.encoded += len(real)
        begun = time.perf_counter()
        made_up = self._jittered(len(texts) - len(real))
        self.encoding += begun - started
        self.jittering += time.perf_counter() - begun
        return np.concatenate([vectors, made_up]) if len(made_up) else vectors

    def _jittered(self, count: int) -> NDArray[np.float32]:
        dimension = self.card.dimension
        if not count:
            return np.empty((0, dimension), dtype=np.float32)
        if self._pool is None:
            self._pool, self._real = np.concatenate(self._real), []
        shifts = self._random.standard_normal((count, dimension), dtype=np.float32)
        vectors = self._pool[self._random.integers(len(self._pool), size=count)]
        vectors = vectors + shifts * np.float32(JITTER / np.sqrt(dimension))
        made_up: NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return made_up
