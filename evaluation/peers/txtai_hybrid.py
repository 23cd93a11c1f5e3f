"""txtai with its hybrid index (vectors and BM25 joined), as its documentation shows, over vectors of our encoder."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from txtai import Embeddings

from evaluation.peers.passages import DEPTH, Passages
from evaluation.peers.protocol import Ask, Canned, Hit
from evaluation.peers.sentence_vectors import Encode


class TxtaiHybrid:
    """One `Embeddings` over texts and questions."""

    def __init__(self, encode: Encode) -> None:
        def transform(texts: list[str]) -> NDArray[np.float32]:  # it takes plain functions only
            return encode(texts)

        self._embeddings = Embeddings({"method": "external", "transform": transform, "hybrid": True})

    def index(self, replies: Sequence[Canned]) -> None:
        """Index everything in one call."""
        self._passages = Passages(replies)
        self._embeddings.index(enumerate(self._passages.texts))

    def suggest(self, ask: Ask, k: int) -> list[Hit]:
        """What its search returns."""
        found: list[tuple[int, float]] = self._embeddings.search(ask.text, min(DEPTH, len(self._passages.texts)))
        return self._passages.best(found, ask.platform, k)
