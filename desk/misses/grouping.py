"""Texts that mean the same, by their vectors."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

NEAR = 0.6
"""Cosine of the embedded encoder (not another's) from which a text belongs to a group.

On 20 questions of 11 meanings about one shop's lamps (`tests/desk/misses/test_grouping.py`) two of one meaning have
0.69 and more, two of different meanings 0.56 and less; from 0.45 to 0.65 every group is right. By the
adapted encoder, which was taught to bring the lines of a topic together, two meanings of one topic have up to 0.86, so
that nothing parts them.
"""

_BLOCK = 256

Vectors = NDArray[np.float32]


def group(vectors: Vectors, near: float = NEAR) -> list[list[int]]:
    """The rows of (n, dimension) vectors of length 1, grouped; the groups in the order of their first rows.

    Leader clustering (Hartigan 1975) in one pass, then every row goes to the group whose middle is nearest to it. Costs
    n times the number of groups; blocks keep that in matrix products.
    """
    if not len(vectors):
        return []
    owners = _nearest(vectors, _middles(vectors, _lead(vectors, near)))
    groups: dict[int, list[int]] = {}
    for row, owner in enumerate(owners.tolist()):
        groups.setdefault(owner, []).append(row)
    return sorted(groups.values(), key=lambda rows: rows[0])


def middle_row(vectors: Vectors, rows: list[int]) -> int:
    """The row that is nearest to the middle of a group: its plainest wording."""
    mine = vectors[rows]
    return rows[int(np.argmax(mine @ mine.mean(axis=0)))]


def _lead(vectors: Vectors, near: float) -> NDArray[np.int64]:
    """For each row the number of its group: that of the nearest leader, or its own."""
    owners = np.empty(len(vectors), dtype=np.int64)
    leaders = np.empty_like(vectors)
    count = 0
    for start in range(0, len(vectors), _BLOCK):
        block = vectors[start : start + _BLOCK]
        before = count
        known = block @ leaders[:before].T if before else np.full((len(block), 1), -1.0)
        best, places = known.max(axis=1), known.argmax(axis=1)
        for row, vector in enumerate(block):
            fresh = leaders[before:count] @ vector
            if len(fresh) and fresh.max() > max(best[row], near):
                owners[start + row] = before + int(fresh.argmax())
            elif before and best[row] >= near:
                owners[start + row] = int(places[row])
            else:
                leaders[count] = vector
                owners[start + row] = count
                count += 1
    return owners


def _middles(vectors: Vectors, owners: NDArray[np.int64]) -> Vectors:
    sums = np.zeros((int(owners.max()) + 1, vectors.shape[1]), dtype=np.float32)
    np.add.at(sums, owners, vectors)
    lengths = np.linalg.norm(sums, axis=1, keepdims=True)
    middles: Vectors = sums / np.maximum(lengths, 1e-9)
    return middles


def _nearest(vectors: Vectors, middles: Vectors) -> NDArray[np.int64]:
    owners = [(vectors[start : start + _BLOCK] @ middles.T).argmax(axis=1) for start in range(0, len(vectors), _BLOCK)]
    nearest: NDArray[np.int64] = np.concatenate(owners)
    return nearest
