"""BM25 as Lucene defines it, text by text, in double precision: what the keyword index is held against."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from retrieval.segment import terms

K1, B = 1.5, 0.75


class PlainBm25:
    """Scores of every text for a query."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._counts = [Counter(terms(text)) for text in texts]
        self._lengths = [count.total() for count in self._counts]

    def scores(self, query: str) -> NDArray[np.float64]:
        """(n,), 0 for a text that has no term of the query."""
        size, mean = len(self._counts), sum(self._lengths) / len(self._lengths)
        scores = np.zeros(size)
        for term in terms(query):
            having = sum(term in count for count in self._counts)
            rarity = math.log(1 + (size - having + 0.5) / (having + 0.5))
            for position, count in enumerate(self._counts):
                if term in count:
                    norm = K1 * (1 - B + B * self._lengths[position] / mean)
                    scores[position] += rarity * count[term] / (norm + count[term])
        return scores
