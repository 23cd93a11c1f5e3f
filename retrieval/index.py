"""The search index: vectors and keywords over the same entries, in memory and on disk."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from contracts.errors import SetupNeeded
from files.atomic import new_folder
from retrieval.encoder.protocol import Encoder, EncoderCard
from retrieval.entries import Entries, texts_of
from retrieval.filling import Changes, Progress, fill
from retrieval.keyword import KeywordIndex
from retrieval.known import ENTRIES, KEYWORD, VECTORS, Known
from retrieval.library import Library
from retrieval.manifest import Manifest
from retrieval.terms import Terms
from retrieval.vectors.protocol import VectorIndex
from retrieval.vectors.store import VectorStore


class SearchIndex:
    """Both searches over the same entries; `dense` is None while only keywords can be searched.

    `changes` says what building it took.
    """

    def __init__(self, entries: Entries, terms: Terms, dense: VectorIndex | None, changes: Changes = Changes()) -> None:
        self.entries = entries
        self.terms = terms
        self.keyword = KeywordIndex(terms, entries.labels)
        self.dense = dense
        self.changes = changes
        self._order = np.argsort(entries.ids)
        self._sorted = entries.ids[self._order]

    @classmethod
    def build(
        cls,
        library: Library,
        encoder: Encoder,
        store: VectorStore = VectorStore(),
        known: Known | None = None,
        progress: Progress = lambda _done, _total: None,
    ) -> SearchIndex:
        """An index of the library. What `known` says of a text is not found out again; its vectors may be changed.

        Raises ValueError for a library without replies, and ServiceDown when the store does not answer.
        """
        entries, texts = Entries.of(library), list(texts_of(library))
        rows = known.rows(entries.digests) if known else None
        terms = Terms.of(texts, known.terms if known else None, rows)
        fits = known is not None and store.suits(known.vectors, len(entries))
        dense = known.vectors if known and fits else store.create(encoder.card, len(entries))
        changes = fill(dense, entries, texts, encoder, known, progress)
        return cls(entries, terms, dense, changes)

    @classmethod
    def keyword_only(cls, library: Library) -> SearchIndex:
        """A keyword index made from the library itself, for when the stored one does not serve."""
        return cls(Entries.of(library), Terms.of(texts_of(library)), None)

    @classmethod
    def load(cls, folder: Path, library: Library, card: EncoderCard, store: VectorStore = VectorStore()) -> SearchIndex:
        """The index below `folder`. Raises SetupNeeded when it is missing, damaged or made from something else."""
        manifest = Manifest.read(folder)
        wrong = manifest.mismatch(card, store)
        if not wrong and manifest.library_fingerprint != library.fingerprint:
            wrong = "the reply library has changed since the index was built"
        if wrong:
            raise SetupNeeded(f"{wrong}; run `huashu setup`")
        entries = Entries.load(folder / ENTRIES)
        terms = Terms.load(folder / KEYWORD, manifest.entries)
        dense = store.open(folder / VECTORS)
        if len(entries) != manifest.entries or dense.dimension != manifest.dimension:
            raise SetupNeeded("the index is damaged (its size is not the manifest's); run `huashu setup`")
        if not store.milvus and not np.array_equal(dense.ids(), np.sort(entries.ids)):
            raise SetupNeeded("the index is damaged (its vectors are not those of the library); run `huashu setup`")
        return cls(entries, terms, dense)

    def save(self, folder: Path, library: Library, card: EncoderCard, store: VectorStore = VectorStore()) -> None:
        """Write the index below `folder`, which changes in one step."""
        if self.dense is None:
            raise ValueError("a keyword-only index is not stored")
        with new_folder(folder) as building:
            self.dense.save(building / VECTORS)
            self.terms.save(building / KEYWORD)
            self.entries.save(building / ENTRIES)
            Manifest.of(library, card, store, len(self.entries)).write(building)

    def owners_of(self, ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """The position of the reply that each id belongs to, -1 for one that this library does not have."""
        places = np.minimum(np.searchsorted(self._sorted, ids), len(self._sorted) - 1)
        return np.where(self._sorted[places] == ids, self.entries.owners[self._order[places]], -1)
