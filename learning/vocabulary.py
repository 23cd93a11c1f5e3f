"""Tokens as weighted columns: TF-IDF, each group of tokens brought to its own length."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Columns = NDArray[np.int32]
Row = tuple[Columns, Floats]
"""The columns of a document and their values."""


@dataclass(frozen=True)
class Vocabulary:
    """The column of each token, each column's weight, shape (columns,), and what each group of tokens counts.

    A token's first letter names its group.
    """

    columns: Mapping[str, int]
    idf: Floats
    groups: Mapping[str, float]

    @classmethod
    def of(cls, documents: Sequence[Iterable[str]], least: int, groups: Mapping[str, float]) -> Vocabulary:
        """The tokens that occur in at least `least` documents."""
        counts = Counter(token for document in documents for token in set(document))
        kept = sorted(token for token, count in counts.items() if count >= least)
        idf = [math.log((1 + len(documents)) / (1 + counts[token])) + 1 for token in kept]
        return cls({token: column for column, token in enumerate(kept)}, np.array(idf, dtype=np.float32), groups)

    def row(self, document: Iterable[str]) -> Row:
        """The columns of a document and their values, each group as long as it counts."""
        known = self.columns
        counts = Counter(token for token in document if token in known)
        columns = np.fromiter((known[token] for token in counts), dtype=np.int32, count=len(counts))
        values = np.fromiter(counts.values(), dtype=np.float32, count=len(counts))
        values = (1 + np.log(values)) * self.idf[columns]
        letters = np.array([token[0] for token in counts], dtype="<U1")
        for group, weight in self.groups.items():
            members = letters == group
            length = float(np.linalg.norm(values[members]))
            if length:
                values[members] *= weight / length
        return columns, values
