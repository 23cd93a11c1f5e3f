"""What a stored index knows of texts, so that the next one need not find it out again."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from contracts.errors import SetupNeeded
from retrieval.encoder.protocol import EncoderCard
from retrieval.entries import Entries
from retrieval.manifest import Manifest
from retrieval.terms import Terms
from retrieval.vectors.protocol import VectorIndex
from retrieval.vectors.store import VectorStore

ENTRIES, KEYWORD, VECTORS = "entries.npz", "keyword", "vectors"
"""The parts of a stored index, beside its manifest."""


class Known:
    """The entries of a stored index with their terms; `vectors` is that index, and may be changed."""

    def __init__(self, entries: Entries, terms: Terms, vectors: VectorIndex) -> None:
        self.entries = entries
        self.terms = terms
        self.vectors = vectors
        self._order = np.argsort(entries.digests, kind="stable")
        self._sorted = entries.digests[self._order]

    @classmethod
    def read(cls, folder: Path, card: EncoderCard, store: VectorStore) -> Known | None:
        """What the index below `folder` knows; None where there is none, or none by this encoder in this store."""
        try:
            manifest = Manifest.read(folder)
            if manifest.mismatch(card, store):
                return None
            entries = Entries.load(folder / ENTRIES)
            terms = Terms.load(folder / KEYWORD, len(entries))
            return cls(entries, terms, store.to_change(folder / VECTORS, card))
        except SetupNeeded:
            return None

    def rows(self, digests: NDArray[np.int64]) -> NDArray[np.int64]:
        """For each digest the position of an entry with the same text, -1 where there is none."""
        places = np.minimum(np.searchsorted(self._sorted, digests), len(self._sorted) - 1)
        return np.where(self._sorted[places] == digests, self._order[places], -1)
