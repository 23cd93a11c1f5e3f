"""Tokens as weighted columns: TF-IDF, each group of tokens brought to its own length."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

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
        column_of = self.columns.get
        found = [column for token in document if (column := column_of(token)) is not None]
        columns, counts = np.unique(np.array(found, dtype=np.int32), return_counts=True)
        values = (1 + np.log(counts.astype(np.float32))) * self.idf[columns]
        groups = self._group_of[columns]
        lengths = np.sqrt(np.bincount(groups, values * values, len(self.groups)))
        scales = np.array(list(self.groups.values())) / np.where(lengths > 0, lengths, 1.0)
        return columns, (values * scales[groups]).astype(np.float32)

    @cached_property
    def _group_of(self) -> NDArray[np.intp]:
        """For each column the place of its group."""
        places = {group: place for place, group in enumerate(self.groups)}
        return np.array([places[token[0]] for token in self.columns], dtype=np.intp)
