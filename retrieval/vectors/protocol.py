"""What every vector index does: keep vectors under numbers, and find the nearest among those with a label."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

MOST_LABELS = 16
"""Labels are numbered from 0 up to this, which is not included; a vector's labels are the bits of one number."""


@dataclass(frozen=True)
class Hits:
    """Ids of the nearest vectors and their cosines (1 is the same direction), best first; both (k,)."""

    ids: NDArray[np.int64]
    cosines: NDArray[np.float32]


class VectorIndex(Protocol):
    """Vectors of one dimension, each of length 1, under ids of 0 to 2**63 - 1.

    Searching is safe from several threads at once while nobody changes the index. An implementation whose vectors are
    on another machine raises ServiceDown wherever that does not answer.
    """

    @property
    def dimension(self) -> int:
        """Numbers of one vector."""
        ...

    def __len__(self) -> int:
        """How many vectors there are."""
        ...

    def ids(self) -> NDArray[np.int64]:
        """Every id, ascending, (n,)."""
        ...

    def add(self, ids: NDArray[np.int64], vectors: NDArray[np.float32], labels: NDArray[np.int64]) -> None:
        """Keep `vectors` (n, dimension) under `ids` (n,), each with its labels (n,).

        They are found from the next `finish` on, if not before. Raises ValueError for another shape or dimension, for
        an id that is there already or is given twice, and for a label that is not below MOST_LABELS.
        """
        ...

    def remove(self, ids: NDArray[np.int64]) -> None:
        """Forget the vectors under `ids` (n,); what is not there is left out. They are not found any more."""
        ...

    def finish(self) -> None:
        """Call after a series of `add` and `remove`: makes searching quick again."""
        ...

    def search(self, vectors: NDArray[np.float32], k: int, label: int | None = None) -> list[Hits]:
        """The `k` nearest to each of `vectors` (n, dimension), of all or of those with a label.

        Raises ValueError when the vectors have another dimension than the index.
        """
        ...

    def vectors(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """The vectors under these ids, (len(ids), dimension). Raises ValueError for one that is not there."""
        ...

    def save(self, folder: Path) -> None:
        """Write into `folder`, which is made, what `open` needs."""
        ...


def check_added(
    ids: NDArray[np.int64], vectors: NDArray[np.float32], labels: NDArray[np.int64], dimension: int
) -> None:
    """Raises ValueError for what no index can add, see `VectorIndex.add`."""
    if vectors.ndim != 2 or vectors.shape[1] != dimension:
        raise ValueError(f"vectors must have shape (n, {dimension}), not {vectors.shape}")
    if ids.shape != (len(vectors),) or labels.shape != (len(vectors),):
        raise ValueError(f"{len(vectors)} vectors came with {ids.shape} ids and {labels.shape} labels")
    if len(np.unique(ids)) < len(ids) or (ids < 0).any():
        raise ValueError("an id is given twice or is below 0")
    if (labels < 0).any() or (labels >> MOST_LABELS).any():
        raise ValueError(f"a label is not below {MOST_LABELS}")


def check_queries(vectors: NDArray[np.float32], dimension: int) -> None:
    """Raises ValueError when these vectors cannot be searched for."""
    if vectors.ndim != 2 or vectors.shape[1] != dimension:
        raise ValueError(f"the queries have shape {vectors.shape}, the index wants (n, {dimension})")
