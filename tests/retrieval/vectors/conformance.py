"""What every VectorIndex must do. An implementation's test class subclasses this and overrides the fixture."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from numpy.typing import NDArray

from retrieval.vectors.protocol import MOST_LABELS, VectorIndex

DIMENSION, SIZE = 64, 300
EVEN, THIRD = 0, 3
"""Labels: of the rows that 2 divides, and of those that 3 divides."""


def unit_vectors(count: int, seed: int = 3, dimension: int = DIMENSION) -> NDArray[np.float32]:
    """Vectors (count, dimension) of length 1, in all directions."""
    drawn = np.random.default_rng(seed).normal(size=(count, dimension)).astype(np.float32)
    return drawn / np.linalg.norm(drawn, axis=1, keepdims=True)


VECTORS = unit_vectors(SIZE)
ROWS = np.arange(SIZE)
IDS = np.random.default_rng(5).choice(2**62, SIZE, replace=False).astype(np.int64)
LABELS = ((ROWS % 2 == 0) << EVEN | (ROWS % 3 == 0) << THIRD).astype(np.int64)
QUERIES = unit_vectors(4, seed=7)


def nearest(query: NDArray[np.float32], rows: NDArray[np.int64], k: int) -> list[int]:
    """Ids of the nearest of these rows, by comparing with each."""
    return IDS[rows[np.argsort(-(VECTORS[rows] @ query), kind="stable")[:k]]].tolist()


class VectorIndexConformance:
    out_of_reach = 0
    """Of SIZE vectors, the farthest that may not be found when all are asked for: a graph need not lead to each."""

    @pytest.fixture
    def empty(self) -> VectorIndex:
        """An index of DIMENSION without a vector, that may be changed."""
        raise NotImplementedError

    @pytest.fixture
    def index(self, empty: VectorIndex) -> VectorIndex:
        empty.add(IDS, VECTORS, LABELS)
        empty.finish()
        return empty

    def test_it_is_as_large_as_what_was_added(self, index: VectorIndex) -> None:
        assert (len(index), index.dimension) == (SIZE, DIMENSION)
        np.testing.assert_array_equal(index.ids(), np.sort(IDS))

    @pytest.mark.parametrize("k", [1, 10])
    def test_the_nearest_are_those_of_brute_force(self, index: VectorIndex, k: int) -> None:
        for query, hits in zip(QUERIES, index.search(QUERIES, k), strict=True):
            assert hits.ids.tolist() == nearest(query, ROWS, k)
            np.testing.assert_allclose(hits.cosines, np.sort(VECTORS @ query)[::-1][:k], atol=1e-3)

    @pytest.mark.parametrize(("label", "step"), [(EVEN, 2), (THIRD, 3)])
    def test_only_what_has_the_label(self, index: VectorIndex, label: int, step: int) -> None:
        for query, hits in zip(QUERIES, index.search(QUERIES, 8, label), strict=True):
            assert hits.ids.tolist() == nearest(query, ROWS[::step], 8)

    def test_a_label_that_nothing_has_finds_nothing(self, index: VectorIndex) -> None:
        (hits,) = index.search(QUERIES[:1], 8, 5)
        assert len(hits.ids) == len(hits.cosines) == 0

    def test_more_than_there_are_gives_all(self, index: VectorIndex) -> None:
        (hits,) = index.search(QUERIES[:1], SIZE * 2)
        found = hits.ids.tolist()
        assert len(found) == len(set(found)) >= SIZE - self.out_of_reach
        assert set(found) <= set(IDS.tolist())

    def test_no_query_has_no_answer(self, index: VectorIndex) -> None:
        assert index.search(QUERIES[:0], 3) == []

    def test_an_empty_index_finds_nothing(self, empty: VectorIndex) -> None:
        empty.finish()
        (hits,) = empty.search(QUERIES[:1], 3)
        assert (len(hits.ids), len(empty), len(empty.ids())) == (0, 0, 0)

    def test_what_is_removed_is_not_found(self, index: VectorIndex) -> None:
        gone = np.array([*nearest(QUERIES[0], ROWS, 5), 12345], dtype=np.int64)
        index.remove(gone)
        rest = ROWS[~np.isin(IDS, gone)]
        for finished in (False, True):
            if finished:
                index.finish()
            assert index.search(QUERIES[:1], 5)[0].ids.tolist() == nearest(QUERIES[0], rest, 5)
            assert len(index) == SIZE - 5
            assert not set(gone.tolist()) & set(index.ids().tolist())

    def test_what_is_removed_can_be_added_again_with_other_labels(self, index: VectorIndex) -> None:
        best = np.array(nearest(QUERIES[0], ROWS, 1))
        row = ROWS[best[0] == IDS]
        index.remove(best)
        index.add(best, VECTORS[row], np.array([1 << 9]))
        index.finish()
        assert index.search(QUERIES[:1], 3)[0].ids[0] == best[0]
        assert index.search(QUERIES[:1], 3, 9)[0].ids.tolist() == best.tolist()
        assert best[0] not in index.search(QUERIES[:1], SIZE, EVEN)[0].ids

    def test_what_is_added_later_is_found(self, index: VectorIndex) -> None:
        index.add(np.array([7]), QUERIES[:1], np.array([1 << THIRD]))
        index.finish()
        (hits,) = index.search(QUERIES[:1], 2, THIRD)
        assert hits.ids[0] == 7
        assert hits.cosines[0] == pytest.approx(1, abs=1e-3)

    def test_everything_can_be_removed(self, index: VectorIndex) -> None:
        index.remove(IDS)
        index.finish()
        assert len(index) == 0
        assert len(index.search(QUERIES[:1], 3)[0].ids) == 0

    def test_vectors_come_back_in_the_order_asked_for(self, index: VectorIndex) -> None:
        rows = [250, 3, 77]
        np.testing.assert_allclose(index.vectors(IDS[rows]), VECTORS[rows], atol=1e-3)
        assert index.vectors(IDS[:0]).shape == (0, DIMENSION)

    def test_a_vector_that_is_not_there_cannot_be_asked_for(self, index: VectorIndex) -> None:
        with pytest.raises(ValueError, match="no vector under 12345"):
            index.vectors(np.array([IDS[0], 12345]))

    @pytest.mark.parametrize("shape", [(1, DIMENSION + 1), (2, DIMENSION - 1), (DIMENSION,)])
    def test_a_query_of_another_dimension_is_refused(self, index: VectorIndex, shape: tuple[int, ...]) -> None:
        with pytest.raises(ValueError, match=rf"\(n, {DIMENSION}\)"):
            index.search(np.ones(shape, dtype=np.float32), 3)

    @pytest.mark.parametrize(
        ("ids", "shape", "labels", "message"),
        [
            ([1, 2], (2, DIMENSION + 1), [0, 0], "shape"),
            ([1], (2, DIMENSION), [0, 0], "ids"),
            ([1, 2], (2, DIMENSION), [0], "labels"),
            ([1, 1], (2, DIMENSION), [0, 0], "twice"),
            ([1, -1], (2, DIMENSION), [0, 0], "below 0"),
            ([1, 2], (2, DIMENSION), [0, 1 << MOST_LABELS], "label"),
            ([1, int(IDS[0])], (2, DIMENSION), [0, 0], "already"),
        ],
    )
    def test_what_cannot_be_added_is_refused_whole(
        self, index: VectorIndex, ids: list[int], shape: tuple[int, int], labels: list[int], message: str
    ) -> None:
        with pytest.raises(ValueError, match=message):
            index.add(np.array(ids), np.ones(shape, dtype=np.float32), np.array(labels))
        assert len(index) == SIZE

    def test_threads_at_once_get_their_own_answers(self, index: VectorIndex) -> None:
        queries = unit_vectors(24, seed=9)
        expected = [nearest(query, ROWS[::2], 5) for query in queries]
        with ThreadPoolExecutor(4) as pool:
            found = pool.map(lambda query: index.search(query[None, :], 5, EVEN)[0].ids.tolist(), queries)
            assert list(found) == expected
