"""The ids and labels of vectors that stand in rows, for indexes that count rows."""

from __future__ import annotations

from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from contracts.errors import SetupNeeded

NOBODY = -1
"""The id of a row whose vector has been removed."""


class Rows:
    """ids: (rows,), NOBODY where the vector was removed; labels: (rows,), 0 there."""

    def __init__(self, ids: NDArray[np.int64], labels: NDArray[np.int64]) -> None:
        self.ids = ids
        self.labels = labels
        self._order = np.argsort(ids, kind="stable")
        self._sorted = ids[self._order]

    @classmethod
    def none(cls) -> Rows:
        return cls(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64))

    def __len__(self) -> int:
        """How many rows there are, those of removed vectors counted."""
        return len(self.ids)

    @property
    def alive(self) -> NDArray[np.int64]:
        """Every id, ascending."""
        return self._sorted[np.searchsorted(self._sorted, 0) :]

    def find(self, ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """The row of each id, -1 for one that is not there."""
        if not len(self._sorted):
            return np.full(len(ids), -1, dtype=np.int64)
        places = np.minimum(np.searchsorted(self._sorted, ids), len(self._sorted) - 1)
        return np.where((self._sorted[places] == ids) & (ids >= 0), self._order[places], -1)

    def require(self, ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """The row of each id. Raises ValueError for one that is not there."""
        rows = self.find(ids)
        if (rows < 0).any():
            raise ValueError(f"there is no vector under {ids[rows < 0][0]}")
        return rows

    def with_added(self, ids: NDArray[np.int64], labels: NDArray[np.int64]) -> Rows:
        """These rows and then new ones. Raises ValueError for an id that is there already."""
        rows = self.find(ids)
        if (rows >= 0).any():
            raise ValueError(f"there is a vector under {ids[rows >= 0][0]} already")
        return Rows(np.concatenate([self.ids, ids]), np.concatenate([self.labels, labels]))

    def without(self, rows: NDArray[np.int64]) -> Rows:
        """These rows, the given ones standing empty."""
        ids, labels = self.ids.copy(), self.labels.copy()
        ids[rows], labels[rows] = NOBODY, 0
        return Rows(ids, labels)

    def compact(self) -> Rows:
        """The rows that do not stand empty, in their order."""
        kept = self.ids >= 0
        return Rows(self.ids[kept], self.labels[kept])

    def save(self, path: Path) -> None:
        """Write them to `path`, a `.npz` file."""
        np.savez(path, ids=self.ids, labels=self.labels)

    @classmethod
    def load(cls, path: Path, size: int) -> Rows:
        """The rows at `path`. Raises SetupNeeded when they cannot be read or are not `size`."""
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
                ids, labels = stored["ids"].astype(np.int64), stored["labels"].astype(np.int64)
        except (OSError, ValueError, KeyError, EOFError, BadZipFile):
            raise SetupNeeded(f"{path.name} cannot be read; run `huashu setup`") from None
        if ids.shape != (size,) or labels.shape != (size,):
            raise SetupNeeded(f"{path.name} does not go with the vectors beside it; run `huashu setup`")
        return cls(ids, labels)

    def mask(self, label: int | None) -> NDArray[np.uint8]:
        """One bit a row, the lowest of a byte first: whether it has the label (any vector: None)."""
        chosen = self.ids >= 0 if label is None else (self.labels >> label & 1).astype(bool)
        return np.packbits(chosen, bitorder="little")
