"""Keyword search: BM25 (Lucene's variant), the best k exactly, without a look at the texts that cannot be among them.

The score of each term in each text that has it is computed beforehand. A query adds up the lists of its terms, the
weightiest first. As soon as the k-th best sum so far is more than all lists to come can give together, no text from
those lists alone can be among the best: from there on only the candidates are looked up in them.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.segment import terms
from retrieval.terms import Terms

K1, B = 1.5, 0.75
"""BM25: how soon a repeated term counts no more, and how much a long text loses."""

_SLACK = 1e-5
"""Relative error of a sum in single precision, and more: bounds are loosened by it."""

_LOOKUP = 16
"""Looking up a text in a list costs as much as adding this many of the list's scores."""

Positions = NDArray[np.int32]
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class KeywordHits:
    """Positions of the best texts and their BM25 scores, all above 0, best first, then by position; both (k,)."""

    positions: NDArray[np.int64]
    scores: Floats

    @property
    def shares(self) -> Floats:
        """The scores as shares of the best one, (k,)."""
        return self.scores / self.scores[:1]


@dataclass(frozen=True)
class _List:
    """The texts that have a term, ascending, with its score in each, and the most that it can give."""

    positions: Positions
    scores: Floats
    peak: float


class KeywordIndex:
    """BM25 over n texts; the bits of `labels` (n,) say where a text may be found. Safe to use from several threads."""

    def __init__(self, table: Terms, labels: NDArray[np.int64]) -> None:
        """Raises ValueError when there are no texts, or not one label for each."""
        if not len(table):
            raise ValueError("there is nothing to index")
        if len(labels) != len(table):
            raise ValueError(f"there are {len(table)} texts and {len(labels)} labels; one each is needed")
        self._size = len(table)
        self._numbers = {term: number for number, term in enumerate(table.vocabulary)}
        self._positions, self._scores, self._starts = _postings(table)
        self._peaks = np.maximum.reduceat(self._scores, self._starts[:-1]) if len(self._scores) else self._scores
        bits = range(int(labels.max()).bit_length())
        self._allowed = {bit: (labels >> bit & 1).astype(bool) for bit in bits}
        self._everywhere = np.ones(len(labels), dtype=bool)
        self._sums: deque[Floats] = deque()

    def __len__(self) -> int:
        return self._size

    def search(self, query: str, k: int, label: int | None = None) -> KeywordHits:
        """The best `k` of all texts or of those with a label; of equal scores, the first texts."""
        known = [number for number in map(self._numbers.get, terms(query)) if number is not None]
        allowed = self._everywhere if label is None else self._allowed.get(label)
        if not known or allowed is None:
            return KeywordHits(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32))
        lists = sorted(self._lists(known), key=lambda entry: -entry.peak)
        with self._zeros() as sums:
            found = _candidates(lists, k, allowed, sums)
        scores = self._summed(found, known)
        best = np.argsort(-scores, kind="stable")[:k]
        return KeywordHits(found[best].astype(np.int64), scores[best])

    def _lists(self, known: list[int]) -> Iterator[_List]:
        """The list of each term, as heavy as the query has it often."""
        for number, times in Counter(known).items():
            part = slice(self._starts[number], self._starts[number + 1])
            scores = self._scores[part] if times == 1 else self._scores[part] * np.float32(times)
            yield _List(self._positions[part], scores, float(self._peaks[number]) * times)

    def _summed(self, found: Positions, known: list[int]) -> Floats:
        """The scores of these texts, term by term as the query has them: the same text always gets the same sum."""
        scores = np.zeros(len(found), dtype=np.float32)
        for number in known:
            part = slice(self._starts[number], self._starts[number + 1])
            scores += _looked_up(found, self._positions[part], self._scores[part])
        return scores

    @contextmanager
    def _zeros(self) -> Iterator[Floats]:
        """Zeros (n,), to be given back as zeros: making them anew takes longer than a search."""
        try:
            sums = self._sums.pop()
        except IndexError:
            sums = np.zeros(self._size, dtype=np.float32)
        yield sums
        self._sums.append(sums)


def _postings(table: Terms) -> tuple[Positions, Floats, NDArray[np.int64]]:
    """All lists one after another, as texts and scores, and where each begins."""
    size = len(table)
    owners = np.repeat(np.arange(size, dtype=np.int64), table.lengths)
    keys, times = np.unique(table.numbers.astype(np.int64) * size + owners, return_counts=True)
    numbers, positions = keys // size, (keys % size).astype(np.int32)
    frequency = np.bincount(numbers, minlength=len(table.vocabulary))
    rarity = np.log(1 + (size - frequency + 0.5) / (frequency + 0.5)).astype(np.float32)
    long = B * table.lengths[positions] / table.lengths.mean()
    scores = rarity[numbers] * (times / (K1 * ((1 - B) + long) + times))
    return positions, scores.astype(np.float32), np.concatenate([[0], np.cumsum(frequency)])


def _candidates(lists: list[_List], k: int, allowed: NDArray[np.bool_], sums: Floats) -> Positions:
    """Positions, ascending, of texts among which are the best `k`. Leaves `sums` as it was: zeros."""
    bounds = [sum(entry.peak for entry in lists[place:]) * (1 + _SLACK) for place in range(len(lists) + 1)]
    floor, added = 0.0, 0
    kept: list[Positions] = []
    for entry, bound in zip(lists, bounds, strict=False):
        if floor > bound:
            break
        np.add.at(sums, entry.positions, entry.scores)
        kept.append(entry.positions[allowed[entry.positions]])
        floor = max(floor, _kth(sums[kept[-1]], k, floor))
        added += 1
    found, scores = _taken(kept, floor * (1 - _SLACK) - bounds[added], sums)
    for entry in lists[:added]:
        sums[entry.positions] = 0
    for entry, bound in zip(lists[added:], bounds[added + 1 :], strict=True):
        scores += _gain(found, entry, sums)
        floor = max(floor, _kth(scores, k, floor))
        near = scores + np.float32(bound) >= floor * (1 - _SLACK)
        found, scores = found[near], scores[near]
    return found[scores >= floor * (1 - _SLACK)]


def _kth(scores: Floats, k: int, floor: float) -> float:
    """The k-th best of the scores above `floor`, 0 when there are fewer."""
    high = scores[scores > floor]
    return float(np.partition(high, len(high) - k)[len(high) - k]) if len(high) >= k else 0.0


def _taken(kept: list[Positions], lowest: float, sums: Floats) -> tuple[Positions, Floats]:
    """Every position of the lists whose sum reaches `lowest`, once and ascending, and its sum."""
    found: list[Positions] = []
    scores: list[Floats] = []
    for positions in kept:
        own = sums[positions]
        high = own >= lowest if lowest > 0 else own > 0
        found.append(positions[high])
        scores.append(own[high])
        sums[found[-1]] = -1  # so that the lists after this one do not give it again
    places, values = np.concatenate(found), np.concatenate(scores)
    order = np.argsort(places)
    return places[order], values[order]


def _gain(found: Positions, entry: _List, sums: Floats) -> Floats:
    """What a list adds to each of these texts, by the cheaper of two ways. `sums` are zeros before and after."""
    if len(found) * _LOOKUP < len(entry.positions):
        return _looked_up(found, entry.positions, entry.scores)
    sums[entry.positions] = entry.scores
    gain = sums[found]
    sums[entry.positions] = 0
    return gain


def _looked_up(found: Positions, positions: Positions, scores: Floats) -> Floats:
    """The score of each of these texts in a list, 0 where it has none."""
    places = np.searchsorted(positions, found)
    places[places == len(positions)] = 0
    return np.where(positions[places] == found, scores[places], np.float32(0))
