"""Nearly exact nearest neighbours among millions: faiss looks through the lists near the query, in short codes.

The vectors stand in lists around centres found by k-means, each as a code of half a byte for four numbers, which
faiss compares in registers. The codes choose candidates; those are compared again with the vectors themselves, kept in
half precision in a file that is mapped, not read. The figures behind the constants are in docs/decisions/0011.
"""

from __future__ import annotations

import json
import math
import os
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from contracts.errors import SetupNeeded
from retrieval.vectors.protocol import Hits, check_added, check_queries
from retrieval.vectors.rows import Rows
from retrieval.vectors.selectors import Selectors

PROBES = 320
"""Lists that are looked through; all of them while there are no more."""

AGAIN = 200
"""Candidates that are compared again at least; three for each one that is asked for."""

OUTGROWN = 4
"""The lists are made anew when there are so many times more vectors than when they were made."""

WASTE = 0.25
"""They are made anew, too, when this share of the rows stands empty."""

FEWEST = 256
"""Below this there are no lists: every vector is a candidate."""

_FEW_LISTS = 64
"""As many lists there are while all of them would be looked through: each one takes a little time of its own."""

_PER_LIST = 40
"""Vectors for each list that the centres are learnt from."""
_BLOCK = 65_536
"""Rows that go into the lists at a time."""
_LISTS, _VECTORS, _ROWS, _FACTS = "lists.faiss", "vectors.npy", "rows.npz", "facts.json"
_PARTS = np.uint32(0x8FFFE000).view(np.int32)
"""The bits of sign, exponent and fraction, once a half with its sign carried on stands 13 bits further left."""
Halves = NDArray[np.float16]


def singles(halves: Halves) -> NDArray[np.float32]:
    """The numbers in single precision, the same ones but for infinities; numpy's own way takes five times as long.

    Sign, exponent and fraction move to where single precision has them; the product makes up for its other bias.
    """
    bits = halves.view(np.int16).astype(np.int32)
    bits <<= 13
    bits &= _PARTS
    numbers = bits.view(np.float32)
    numbers *= np.float32(2.0**112)
    return numbers


class ApproximateIndex:
    """A VectorIndex for tens of thousands of vectors and more."""

    def __init__(self, vectors: Halves, rows: Rows, lists: Any = None, learnt_from: int = 0) -> None:
        """`lists` hold all the rows, of which there were `learnt_from` when they were made; None before that."""
        self._vectors = vectors
        self._lists = lists
        self._listed = len(rows)
        self._learnt_from = learnt_from
        self._set_rows(rows)

    @classmethod
    def empty(cls, dimension: int, expected: int = 0) -> ApproximateIndex:
        """An index of vectors of `dimension` numbers, still without one, with room for `expected`."""
        return cls(np.empty((expected, dimension), dtype=np.float16), Rows.none())

    def _set_rows(self, rows: Rows) -> None:
        self._rows = rows
        self._selectors = Selectors(rows)

    @property
    def dimension(self) -> int:
        """Numbers of one vector."""
        return int(self._vectors.shape[1])

    def __len__(self) -> int:
        return len(self._rows.alive)

    def ids(self) -> NDArray[np.int64]:
        """Every id, ascending."""
        return self._rows.alive

    def add(self, ids: NDArray[np.int64], vectors: NDArray[np.float32], labels: NDArray[np.int64]) -> None:
        """Keep vectors under ids; they are found after `finish`."""
        check_added(ids, vectors, labels, self.dimension)
        rows = self._rows.with_added(ids, labels)
        if len(rows) > len(self._vectors):
            room = np.empty((max(len(rows), len(self._vectors) * 3 // 2), self.dimension), dtype=np.float16)
            room[: len(self._rows)] = self._vectors[: len(self._rows)]
            self._vectors = room
        self._vectors[len(self._rows) : len(rows)] = vectors
        self._set_rows(rows)

    def remove(self, ids: NDArray[np.int64]) -> None:
        """Forget vectors; their rows stand empty until the lists are made anew."""
        rows = np.unique(self._rows.find(ids))
        rows = rows[rows >= 0]
        if self._lists is not None and len(rows):
            self._lists.remove_ids(rows)
        self._set_rows(self._rows.without(rows))

    def finish(self) -> None:
        """Put what was added into the lists; make the lists anew where they are outgrown or wasteful."""
        faiss.omp_set_num_threads(os.cpu_count() or 1)
        size, rows = len(self), len(self._rows)
        outgrown = size >= FEWEST and size > OUTGROWN * self._learnt_from
        if outgrown or rows - size > WASTE * rows:
            self._compact()
            self._lists, self._listed, self._learnt_from = None, 0, 0
            if size >= FEWEST:
                self._lists, self._learnt_from = self._learn(size), size
        if self._lists is not None:
            for start in range(self._listed, len(self._rows), _BLOCK):
                self._list(np.arange(start, min(start + _BLOCK, len(self._rows))))
        self._listed = len(self._rows)

    def _compact(self) -> None:
        """Close the empty rows up."""
        if len(self) < len(self._rows):
            self._vectors = self._vectors[: len(self._rows)][self._rows.ids >= 0]
            self._set_rows(self._rows.compact())

    def _learn(self, size: int) -> Any:
        """Empty lists with the centres and codes of the vectors that are there."""
        root = 1 << math.ceil(math.log2(math.sqrt(size)))
        count = root if root > PROBES else _FEW_LISTS
        parts = max(divisor for divisor in range(1, self.dimension // 4 + 1) if self.dimension % divisor == 0)
        kind = f"IVF{count},PQ{parts}x4fs"
        lists: Any = faiss.index_factory(self.dimension, kind, faiss.METRIC_INNER_PRODUCT)
        lists.cp.niter, lists.cp.spherical = 8, True
        lists.cp.min_points_per_centroid = lists.pq.cp.min_points_per_centroid = 1
        lists.pq.cp.niter = 12
        drawn = np.random.default_rng(0).permutation(size)[: max(_PER_LIST * count, _BLOCK // 4)]
        lists.train(self._vectors[np.sort(drawn)].astype(np.float32))
        return lists

    def _list(self, rows: NDArray[np.int64]) -> None:
        """Put these rows into the lists, but for empty ones."""
        rows = rows[self._rows.ids[rows] >= 0]
        self._lists.add_with_ids(self._vectors[rows].astype(np.float32), rows)

    def search(self, vectors: NDArray[np.float32], k: int, label: int | None = None) -> list[Hits]:
        """The `k` nearest to each of `vectors`, on one core: two that wait for each other are slower."""
        check_queries(vectors, self.dimension)
        queries = np.ascontiguousarray(vectors, dtype=np.float32)
        candidates = self._candidates(queries, max(AGAIN, 3 * k), label)
        return [self._best(query, rows, k) for query, rows in zip(queries, candidates, strict=True)]

    def _candidates(self, queries: NDArray[np.float32], most: int, label: int | None) -> list[NDArray[np.int64]]:
        """For each query the rows that are near by their codes; every row where there are no lists."""
        if self._lists is None:
            every = np.flatnonzero(np.unpackbits(self._rows.mask(label), count=len(self._rows), bitorder="little"))
            return [every] * len(queries)
        faiss.omp_set_num_threads(1)
        options = faiss.SearchParametersIVF(nprobe=PROBES, sel=self._selectors.of(label))  # type: ignore[call-arg]
        _, found = self._lists.search(queries, most, params=options)
        return [rows[rows >= 0] for rows in found]

    def _best(self, query: NDArray[np.float32], rows: NDArray[np.int64], k: int) -> Hits:
        cosines = singles(self._vectors[rows]) @ query
        best = np.argsort(-cosines, kind="stable")[:k]
        return Hits(self._rows.ids[rows[best]], cosines[best])

    def vectors(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """The vectors under these ids, as half precision has them."""
        stored: NDArray[np.float32] = self._vectors[self._rows.require(ids)].astype(np.float32)
        return stored

    def save(self, folder: Path) -> None:
        """Write lists, vectors and ids into `folder`, which is made."""
        folder.mkdir()
        np.save(folder / _VECTORS, self._vectors[: len(self._rows)])
        self._rows.save(folder / _ROWS)
        (folder / _FACTS).write_text(json.dumps({"learnt_from": self._learnt_from}) + "\n", encoding="utf-8")
        if self._lists is not None:
            faiss.write_index(self._lists, str(folder / _LISTS))

    @classmethod
    def is_in(cls, folder: Path) -> bool:
        """Whether an index of this kind was saved there."""
        return (folder / _VECTORS).exists()

    @classmethod
    def open(cls, folder: Path) -> ApproximateIndex:
        """The index in `folder`, its vectors mapped from their file. Raises SetupNeeded when it cannot be read."""
        try:
            vectors = np.load(folder / _VECTORS, mmap_mode="r", allow_pickle=False)
            learnt_from = int(json.loads((folder / _FACTS).read_text(encoding="utf-8"))["learnt_from"])
            lists = faiss.read_index(str(folder / _LISTS)) if learnt_from else None
        except (OSError, ValueError, KeyError, TypeError, EOFError, RuntimeError):
            raise SetupNeeded("the vector index cannot be read; run `huashu setup`") from None
        if vectors.ndim != 2 or vectors.dtype != np.float16 or (lists is not None and lists.d != vectors.shape[1]):
            raise SetupNeeded("the vector index is damaged; run `huashu setup`")
        rows = Rows.load(folder / _ROWS, len(vectors))
        if lists is not None and int(lists.ntotal) != len(rows.alive):
            raise SetupNeeded("the vector index is damaged; run `huashu setup`")
        return cls(vectors, rows, lists, learnt_from)
