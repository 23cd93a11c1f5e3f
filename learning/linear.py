"""A linear model over the tokens of a line and its vector."""

from __future__ import annotations

from dataclasses import dataclass

from learning.vocabulary import Columns, Floats


@dataclass(frozen=True)
class Example:
    """The features of one line: columns of the vocabulary with their values, and the vectors (dense,), if known."""

    columns: Columns
    values: Floats
    dense: Floats | None = None


@dataclass(frozen=True)
class Linear:
    """Weights of the tokens (columns, outputs) and of the vectors (dense, outputs), and bias (outputs,)."""

    tokens: Floats
    dense: Floats
    bias: Floats

    def scores(self, example: Example) -> Floats:
        """One score for each output."""
        result: Floats = example.values @ self.tokens[example.columns] + self.bias
        if example.dense is not None:
            result += example.dense @ self.dense
        return result
