"""Labelled lines as numbers, and the inner products between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse  # type: ignore[import-untyped]

from learning.linear import Linear
from learning.vocabulary import Floats, Row


@dataclass(frozen=True)
class Rows:
    """Lines as features: tokens (lines, columns) and vectors (lines, dense)."""

    tokens: sparse.csr_matrix
    dense: Floats

    def __len__(self) -> int:
        return len(self.dense)

    def __getitem__(self, places: NDArray[np.intp] | slice) -> Rows:
        return Rows(self.tokens[places], self.dense[places])

    def products(self, other: Rows) -> Floats:
        """Inner products (lines, other lines) of tokens and vectors, and 1 for the bias."""
        product: Floats = (self.tokens @ other.tokens.T).toarray() + self.dense @ other.dense.T + 1.0
        return product.astype(np.float32, copy=False)

    def squares(self) -> Floats:
        """The inner product (lines,) of each line with itself."""
        tokens = np.asarray(self.tokens.multiply(self.tokens).sum(axis=1)).ravel()
        squares: Floats = tokens + (self.dense * self.dense).sum(axis=1) + 1.0
        return squares

    def product(self) -> Callable[[Floats], Floats]:
        """What multiplies the inner products (lines, lines) with weights (lines,) or (lines, outputs).

        The products themselves are never written down.
        """
        back = self.tokens.T.tocsr()

        def applied(weights: Floats) -> Floats:
            result: Floats = self.tokens @ (back @ weights) + self.dense @ (self.dense.T @ weights)
            result += weights.sum(axis=0)
            return result

        return applied


def matrix(rows: Sequence[Row], width: int) -> sparse.csr_matrix:
    """Sparse rows one below the other."""
    ends = np.cumsum([0] + [len(columns) for columns, _ in rows])
    columns = np.concatenate([columns for columns, _ in rows])
    values = np.concatenate([values for _, values in rows])
    return sparse.csr_matrix((values, columns, ends), shape=(len(rows), width))


def linear(rows: Rows, pulls: Floats) -> Linear:
    """Weights over the features from the weights (lines, outputs) of the lines."""
    tokens = np.ascontiguousarray(rows.tokens.T @ pulls, dtype=np.float32)
    return Linear(tokens, rows.dense.T @ pulls, pulls.sum(axis=0))
