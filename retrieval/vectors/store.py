"""Where an installation keeps its vectors: which VectorIndex is made, and how a stored one is opened again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from contracts.errors import SetupNeeded
from retrieval.encoder.protocol import EncoderCard
from retrieval.vectors.approximate import ApproximateIndex
from retrieval.vectors.exact import ExactIndex
from retrieval.vectors.place import MilvusPlace
from retrieval.vectors.protocol import VectorIndex

EXACT_UP_TO = 10_000
"""Vectors that faiss compares one by one; above, it looks through lists (docs/decisions/0011)."""


@dataclass(frozen=True)
class VectorStore:
    """faiss in the index folder, or Milvus where `milvus` says; `library` is the name of the collection's library."""

    library: str = "replies"
    milvus: MilvusPlace | None = None

    @property
    def name(self) -> str:
        """What the index's manifest calls it; another name is another index."""
        return f"milvus {self.milvus.address} {self.library}" if self.milvus else "faiss"

    def create(self, card: EncoderCard, size: int) -> VectorIndex:
        """An index to be filled with `size` vectors: empty, or the collection as it is. Raises ServiceDown."""
        if self.milvus:
            from retrieval.vectors.milvus import MilvusIndex, collection_name  # pymilvus: a second, spared to faiss

            return MilvusIndex(self.milvus, collection_name(self.library, card.fingerprint), card.dimension)
        if size <= EXACT_UP_TO:
            return ExactIndex.empty(card.dimension)
        return ApproximateIndex.empty(card.dimension, size)

    def open(self, folder: Path) -> VectorIndex:
        """The index saved in `folder`. Milvus is not asked. Raises SetupNeeded when it cannot be read."""
        if self.milvus:
            from retrieval.vectors.milvus import MilvusIndex

            return MilvusIndex.open(folder, self.milvus)
        kinds: tuple[type[ExactIndex] | type[ApproximateIndex], ...] = (ExactIndex, ApproximateIndex)
        for kind in kinds:
            if kind.is_in(folder):
                return kind.open(folder)
        raise SetupNeeded("there are no vectors in the index; run `huashu setup`")

    def to_change(self, folder: Path, card: EncoderCard) -> VectorIndex:
        """The index saved in `folder`, to be changed: in Milvus the collection as it is now. Raises as `open` does."""
        return self.create(card, 0) if self.milvus else self.open(folder)

    def suits(self, index: VectorIndex, size: int) -> bool:
        """Whether an index can be changed into one of `size` vectors; else a new one is to be filled."""
        return bool(self.milvus) or isinstance(index, ExactIndex) == (size <= EXACT_UP_TO)
