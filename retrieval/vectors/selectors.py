"""Which rows faiss may find: a bit for each, one row of bits for each label."""

from __future__ import annotations

from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from retrieval.vectors.rows import Rows


class Selectors:
    """faiss's selectors over rows, each made at its first use."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._made: dict[int | None, tuple[NDArray[np.uint8], Any]] = {}

    def of(self, label: int | None) -> Any:
        """The selector of the rows with a label, or of all that do not stand empty."""
        if label not in self._made:
            mask = self._rows.mask(label)  # kept beside it: faiss reads these very bits
            self._made[label] = mask, faiss.IDSelectorBitmap(mask)  # type: ignore[call-arg,arg-type] # takes arrays
        return self._made[label][1]
