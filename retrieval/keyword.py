"""Keyword search: BM25 over segmented text, with bm25s behind this file only."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

from contracts.errors import SetupNeeded
from retrieval.segment import terms


class KeywordIndex:
    """BM25 scores of the indexed texts for a query."""

    def __init__(self, engine: bm25s.BM25, size: int) -> None:
        self._engine = engine
        self._size = size

    @classmethod
    def from_texts(cls, texts: Sequence[str]) -> KeywordIndex:
        """An index over `texts`, in their order. Raises ValueError when there are none."""
        if not texts:
            raise ValueError("there is nothing to index")
        engine = bm25s.BM25(method="lucene")
        engine.index([terms(text) for text in texts], show_progress=False)
        return cls(engine, len(texts))

    def __len__(self) -> int:
        return self._size

    def scores(self, query: str) -> NDArray[np.float32]:
        """BM25 score of every text, (n,); zeros when no term of the query is in the index."""
        known = [term for term in terms(query) if term in self._engine.vocab_dict]
        if not known:
            return np.zeros(self._size, dtype=np.float32)
        found: NDArray[np.float32] = self._engine.get_scores(known)
        return found

    def save(self, folder: Path) -> None:
        """Write the index below `folder`."""
        self._engine.save(str(folder))

    @classmethod
    def load(cls, folder: Path, size: int) -> KeywordIndex:
        """The index of `size` texts below `folder`. Raises SetupNeeded when it is missing or broken."""
        try:
            engine = bm25s.BM25.load(str(folder))
            stored = int(engine.scores["num_docs"])
        except (OSError, ValueError, KeyError, TypeError, EOFError):
            raise SetupNeeded("the keyword index cannot be read; run `huashu setup`") from None
        if stored != size:
            raise SetupNeeded(f"the keyword index holds {stored} texts, not {size}; run `huashu setup`")
        return cls(engine, size)
