"""Exact nearest neighbours by cosine: faiss compares the query with every vector."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from contracts.errors import SetupNeeded
from retrieval.vectors.protocol import Hits, check_added, check_queries
from retrieval.vectors.rows import Rows
from retrieval.vectors.selectors import Selectors

_VECTORS, _ROWS = "exact.faiss", "rows.npz"


class ExactIndex:
    """A VectorIndex for some ten thousand vectors."""

    def __init__(self, flat: Any, rows: Rows) -> None:
        self._flat = flat
        self._set_rows(rows)

    @classmethod
    def empty(cls, dimension: int) -> ExactIndex:
        """An index of vectors of `dimension` numbers, still without one."""
        return cls(faiss.IndexFlatIP(dimension), Rows.none())

    def _set_rows(self, rows: Rows) -> None:
        self._rows = rows
        self._selectors = Selectors(rows)

    @property
    def dimension(self) -> int:
        """Numbers of one vector."""
        return int(self._flat.d)

    def __len__(self) -> int:
        return len(self._rows)

    def ids(self) -> NDArray[np.int64]:
        """Every id, ascending."""
        return self._rows.alive

    def add(self, ids: NDArray[np.int64], vectors: NDArray[np.float32], labels: NDArray[np.int64]) -> None:
        """Keep vectors under ids; they are found at once."""
        check_added(ids, vectors, labels, self.dimension)
        rows = self._rows.with_added(ids, labels)
        self._flat.add(np.ascontiguousarray(vectors, dtype=np.float32))
        self._set_rows(rows)

    def remove(self, ids: NDArray[np.int64]) -> None:
        """Forget vectors; the rows behind them move up."""
        rows = self._rows.find(ids)
        rows = rows[rows >= 0]
        if len(rows):
            self._flat.remove_ids(np.unique(rows))
            self._set_rows(self._rows.without(rows).compact())

    def finish(self) -> None:
        """Nothing is left to do."""

    def search(self, vectors: NDArray[np.float32], k: int, label: int | None = None) -> list[Hits]:
        """The `k` nearest to each of `vectors`, on one core: two that wait for each other are slower."""
        check_queries(vectors, self.dimension)
        faiss.omp_set_num_threads(1)
        options = faiss.SearchParameters(sel=self._selectors.of(label))  # type: ignore[call-arg] # faiss adds it at run time
        most = max(1, min(k, len(self)))
        cosines, rows = self._flat.search(np.ascontiguousarray(vectors, dtype=np.float32), most, params=options)
        return [Hits(self._rows.ids[row[row >= 0]], near[row >= 0]) for row, near in zip(rows, cosines, strict=True)]

    def vectors(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """The vectors under these ids."""
        stored: NDArray[np.float32] = self._flat.reconstruct_batch(self._rows.require(ids))
        return stored

    def save(self, folder: Path) -> None:
        """Write vectors and ids into `folder`, which is made."""
        folder.mkdir()
        faiss.write_index(self._flat, str(folder / _VECTORS))
        self._rows.save(folder / _ROWS)

    @classmethod
    def is_in(cls, folder: Path) -> bool:
        """Whether an index of this kind was saved there."""
        return (folder / _VECTORS).exists()

    @classmethod
    def open(cls, folder: Path) -> ExactIndex:
        """The index in `folder`. Raises SetupNeeded when it cannot be read."""
        try:
            flat = faiss.read_index(str(folder / _VECTORS))
        except RuntimeError:
            raise SetupNeeded(f"{_VECTORS} cannot be read; run `huashu setup`") from None
        return cls(flat, Rows.load(folder / _ROWS, int(flat.ntotal)))
