from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from contracts.errors import SetupNeeded
from retrieval.dense import DenseIndex

SIZE, DIMENSION = 500, 24


@pytest.fixture(scope="module")
def vectors() -> NDArray[np.float32]:
    drawn = np.random.default_rng(3).normal(size=(SIZE, DIMENSION)).astype(np.float32)
    return drawn / np.linalg.norm(drawn, axis=1, keepdims=True)


@pytest.fixture(scope="module")
def index(vectors: NDArray[np.float32]) -> DenseIndex:
    return DenseIndex.from_vectors(vectors)


@pytest.mark.parametrize("row", [0, 7, 499])
@pytest.mark.parametrize("k", [1, 10, SIZE])
def test_the_nearest_are_those_of_brute_force(
    index: DenseIndex, vectors: NDArray[np.float32], row: int, k: int
) -> None:
    query = (vectors[row] + vectors[row - 1]) / np.linalg.norm(vectors[row] + vectors[row - 1])
    cosines = vectors @ query
    expected = np.argsort(-cosines)[:k]
    (hits,) = index.search(query[None, :], k)
    np.testing.assert_array_equal(hits.positions, expected)
    np.testing.assert_allclose(hits.cosines, cosines[expected], atol=1e-6)


@pytest.mark.parametrize("among", [[3], [499, 0, 250], list(range(0, SIZE, 7))])
def test_only_the_positions_asked_for(index: DenseIndex, vectors: NDArray[np.float32], among: list[int]) -> None:
    positions = np.array(among, dtype=np.int64)
    (hits,) = index.search(vectors[1:2], 20, positions)
    expected = positions[np.argsort(-(vectors[positions] @ vectors[1]))][:20]
    np.testing.assert_array_equal(hits.positions, expected)
    assert hits.cosines.shape == hits.positions.shape


def test_more_than_there_are_gives_all(index: DenseIndex, vectors: NDArray[np.float32]) -> None:
    assert len(index.search(vectors[:1], SIZE * 2)[0].positions) == SIZE


def test_among_nothing_nothing_is_found(index: DenseIndex, vectors: NDArray[np.float32]) -> None:
    assert len(index.search(vectors[:1], 5, np.array([], dtype=np.int64))[0].positions) == 0


@pytest.mark.parametrize("shape", [(1, DIMENSION + 1), (2, DIMENSION - 1), (DIMENSION,), ()])
def test_another_dimension_is_refused_with_both_numbers(index: DenseIndex, shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=rf"\(n, {DIMENSION}\)"):
        index.search(np.ones(shape, dtype=np.float32), 3)


@pytest.mark.parametrize("shape", [(3,), (2, 3, 4)])
def test_vectors_of_another_shape_are_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="must have shape"):
        DenseIndex.from_vectors(np.ones(shape, dtype=np.float32))


def test_stored_and_loaded_it_finds_the_same(tmp_path: Path, index: DenseIndex, vectors: NDArray[np.float32]) -> None:
    index.save(tmp_path / "a.faiss")
    loaded = DenseIndex.load(tmp_path / "a.faiss")
    assert (len(loaded), loaded.dimension) == (SIZE, DIMENSION)
    for found, expected in zip(loaded.search(vectors[2:4], 9), index.search(vectors[2:4], 9), strict=True):
        np.testing.assert_array_equal(found.positions, expected.positions)
    np.testing.assert_array_equal(loaded.vectors(np.array([5, 2])), vectors[[5, 2]])


@pytest.mark.parametrize(
    "content", [None, b"", b"IxF", b"not an index at all", "half"], ids=["absent", "empty", "short", "other", "half"]
)
def test_a_file_that_is_no_index_needs_set_up(tmp_path: Path, index: DenseIndex, content: bytes | str | None) -> None:
    path = tmp_path / "a.faiss"
    if content == "half":
        index.save(path)
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    elif isinstance(content, bytes):
        path.write_bytes(content)
    with pytest.raises(SetupNeeded, match=r"a\.faiss .*huashu setup"):
        DenseIndex.load(path)
