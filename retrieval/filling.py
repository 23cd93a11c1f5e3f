"""Filling a vector index with the entries of a library: what is there stays, what is gone goes, the rest is encoded."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.encoder.protocol import Encoder
from retrieval.entries import Entries
from retrieval.known import Known
from retrieval.vectors.protocol import VectorIndex

BLOCK = 2048
"""Texts that are encoded at a time."""

Progress = Callable[[int, int], None]
"""Is told after each block how many texts are encoded, and how many there are to encode."""


@dataclass(frozen=True)
class Changes:
    """Entries: `kept` as they were, `moved` with the vector of an equal text, `encoded`, and `removed`."""

    kept: int = 0
    moved: int = 0
    encoded: int = 0
    removed: int = 0


def fill(
    index: VectorIndex,
    entries: Entries,
    texts: Sequence[str],
    encoder: Encoder,
    known: Known | None = None,
    progress: Progress = lambda _done, _total: None,
) -> Changes:
    """Make `index` hold exactly `entries`, whose texts are `texts`. `known.vectors` may be the index itself.

    What is new is added before what is gone is removed, so that an index in service never lacks what it had.
    Raises ServiceDown when the index is elsewhere and does not answer; then another call goes on from there.
    """
    there = index.ids()
    missing = np.flatnonzero(~np.isin(entries.ids, there))
    donors = _donors(entries.digests[missing], known)
    if known is not None:
        for rows, givers in zip(_blocks(missing[donors >= 0]), _blocks(donors[donors >= 0]), strict=True):
            index.add(entries.ids[rows], known.vectors.vectors(givers), entries.labels[rows])
    new, done = missing[donors < 0], 0
    for rows in _blocks(new):
        index.add(entries.ids[rows], encoder.encode([texts[row] for row in rows]), entries.labels[rows])
        done += len(rows)
        progress(done, len(new))
    gone = np.setdiff1d(there, entries.ids)
    index.remove(gone)
    index.finish()
    return Changes(len(entries) - len(missing), len(missing) - len(new), len(new), len(gone))


def _donors(digests: NDArray[np.int64], known: Known | None) -> NDArray[np.int64]:
    """The id under which the vector of an equal text is known, -1 where none is."""
    if known is None or not len(known.entries):
        return np.full(len(digests), -1, dtype=np.int64)
    rows = known.rows(digests)
    ids = np.where(rows >= 0, known.entries.ids[rows], -1)
    return np.where(np.isin(ids, known.vectors.ids()), ids, -1)


def _blocks(numbers: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
    for start in range(0, len(numbers), BLOCK):
        yield numbers[start : start + BLOCK]
