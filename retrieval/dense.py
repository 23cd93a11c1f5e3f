"""Exact nearest neighbours by cosine, with faiss behind this file only."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from contracts.errors import SetupNeeded


@dataclass(frozen=True)
class Hits:
    """Positions of the nearest vectors and their cosines (1 is the same direction), best first; both (k,)."""

    positions: NDArray[np.int64]
    cosines: NDArray[np.float32]


class DenseIndex:
    """Vectors of shape (n, dimension), L2-normalised."""

    def __init__(self, index: Any) -> None:
        self._index = index

    @classmethod
    def from_vectors(cls, vectors: NDArray[np.float32]) -> DenseIndex:
        """An index over `vectors` (n, dimension). Raises ValueError for another shape."""
        if vectors.ndim != 2:
            raise ValueError(f"vectors must have shape (n, dimension), not {vectors.shape}")
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors, dtype=np.float32))
        return cls(index)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        return int(self._index.d)

    def search(self, vectors: NDArray[np.float32], k: int, among: NDArray[np.int64] | None = None) -> list[Hits]:
        """The k nearest to each of `vectors` (n, dimension), of all or of the positions in `among`.

        Raises ValueError when the vectors have another dimension than the index.
        """
        if vectors.ndim != 2 or vectors.shape[1] != self.dimension:
            raise ValueError(f"the queries have shape {vectors.shape}, the index wants (n, {self.dimension})")
        options = None
        if among is not None:
            selector = faiss.IDSelectorBatch(among)
            options = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg] # faiss adds it at run time
        cosines, positions = self._index.search(vectors, min(k, len(self)), params=options)
        return [Hits(row[row >= 0], near[row >= 0]) for row, near in zip(positions, cosines, strict=True)]

    def vectors(self, positions: NDArray[np.int64]) -> NDArray[np.float32]:
        """The stored vectors at these positions, (len(positions), dimension)."""
        stored: NDArray[np.float32] = self._index.reconstruct_batch(positions)
        return stored

    def save(self, path: Path) -> None:
        """Write the index to `path`."""
        faiss.write_index(self._index, str(path))

    @classmethod
    def load(cls, path: Path) -> DenseIndex:
        """The index at `path`. Raises SetupNeeded when it is missing or not an index."""
        if not path.exists():
            raise SetupNeeded(f"{path.name} is missing; run `huashu setup`")
        try:
            return cls(faiss.read_index(str(path)))
        except RuntimeError:
            raise SetupNeeded(f"{path.name} cannot be read; run `huashu setup`") from None
