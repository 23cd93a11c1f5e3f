"""The search terms of every text: what the keyword index is made from, kept so that a text is cut only once."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from contracts.errors import SetupNeeded
from retrieval.segment import terms

_ARRAYS, _VOCABULARY = "terms.npz", "vocabulary.json"


class Terms:
    """The terms of n texts, one after another.

    vocabulary: every term that occurs, each once
    numbers: (all terms of all texts,), positions in the vocabulary
    lengths: (n,), how many of them belong to each text
    """

    def __init__(self, vocabulary: tuple[str, ...], numbers: NDArray[np.int32], lengths: NDArray[np.int32]) -> None:
        self.vocabulary = vocabulary
        self.numbers = numbers
        self.lengths = lengths

    def __len__(self) -> int:
        return len(self.lengths)

    @classmethod
    def of(cls, texts: Iterable[str], known: Terms | None = None, rows: NDArray[np.int64] | None = None) -> Terms:
        """The terms of `texts`. Text i has those of text `rows[i]` of `known`, where that is not below 0."""
        numbers_of: dict[str, int] = {}
        numbers: list[int] = []
        lengths: list[int] = []
        ends = np.cumsum(known.lengths if known else [], dtype=np.int64)
        for position, text in enumerate(texts):
            row = -1 if rows is None else int(rows[position])
            own = terms(text) if known is None or row < 0 else known.row(row, ends)
            numbers.extend(numbers_of.setdefault(term, len(numbers_of)) for term in own)
            lengths.append(len(own))
        return cls(tuple(numbers_of), np.array(numbers, dtype=np.int32), np.array(lengths, dtype=np.int32))

    def row(self, position: int, ends: NDArray[np.int64]) -> list[str]:
        """The terms of one text; `ends` is the sum of the lengths up to and with each."""
        end = int(ends[position])
        return [self.vocabulary[number] for number in self.numbers[end - int(self.lengths[position]) : end].tolist()]

    def save(self, folder: Path) -> None:
        """Write them into `folder`, which is made."""
        folder.mkdir()
        np.savez(folder / _ARRAYS, numbers=self.numbers, lengths=self.lengths)
        (folder / _VOCABULARY).write_text(json.dumps(self.vocabulary, ensure_ascii=False) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, folder: Path, size: int) -> Terms:
        """The terms of `size` texts in `folder`. Raises SetupNeeded when they are missing or broken."""
        try:
            vocabulary = tuple(json.loads((folder / _VOCABULARY).read_text(encoding="utf-8")))
            with (folder / _ARRAYS).open("rb") as file, np.load(file, allow_pickle=False) as stored:
                loaded = cls(vocabulary, stored["numbers"].astype(np.int32), stored["lengths"].astype(np.int32))
        except (OSError, ValueError, KeyError, TypeError, EOFError, BadZipFile):
            raise SetupNeeded("the keyword index cannot be read; run `huashu setup`") from None
        loaded._check(size)
        return loaded

    def _check(self, size: int) -> None:
        if len(self) != size:
            raise SetupNeeded(f"the keyword index holds {len(self)} texts, not {size}; run `huashu setup`")
        whole = int(self.lengths.sum()) == len(self.numbers) and not (self.lengths < 0).any()
        if not whole or not np.array_equal(np.unique(self.numbers), np.arange(len(self.vocabulary))):
            raise SetupNeeded("the keyword index is damaged; run `huashu setup`")
