"""An encoder that remembers: one message is encoded for the search and for the rules, a library's replies for ever."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from retrieval.encoder.protocol import Encoder, EncoderCard

KEPT = 8192
"""Vectors remembered, the latest used ones: 16 MB at 512 numbers each."""

LONGEST_KEPT = 300
"""Characters: a longer text is encoded each time."""

BATCH = 64
"""A call with more texts than this is a batch, and goes straight through."""


class RememberingEncoder:
    """The vectors of another encoder, each made once while it is remembered."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._vectors: OrderedDict[str, NDArray[np.float32]] = OrderedDict()
        self._lock = Lock()

    @property
    def card(self) -> EncoderCard:
        """The card of the encoder behind it."""
        return self._encoder.card

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of shape (len(texts), card.dimension), each row of Euclidean length 1."""
        if not 0 < len(texts) <= BATCH:
            return self._encoder.encode(texts)
        known = self._recall(texts)
        missing = list(dict.fromkeys(text for text in texts if text not in known))
        if missing:
            made = dict(zip(missing, self._encoder.encode(missing), strict=True))
            self._remember(made)
            known |= made
        return np.stack([known[text] for text in texts])

    def _recall(self, texts: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        with self._lock:
            known = {text: self._vectors[text] for text in texts if text in self._vectors}
            for text in known:
                self._vectors.move_to_end(text)
        return known

    def _remember(self, made: dict[str, NDArray[np.float32]]) -> None:
        with self._lock:
            for text, vector in made.items():
                if len(text) <= LONGEST_KEPT:
                    self._vectors[text] = vector.copy()
            while len(self._vectors) > KEPT:
                self._vectors.popitem(last=False)
