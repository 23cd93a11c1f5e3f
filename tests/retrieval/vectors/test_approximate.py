from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from contracts.errors import SetupNeeded
from retrieval.vectors.approximate import FEWEST, ApproximateIndex, singles
from retrieval.vectors.protocol import VectorIndex
from tests.retrieval.vectors.conformance import DIMENSION, VectorIndexConformance, unit_vectors

SIZE = 6000


class TestApproximateIndex(VectorIndexConformance):
    @pytest.fixture
    def empty(self) -> VectorIndex:
        return ApproximateIndex.empty(DIMENSION)


class TestWithRoom(VectorIndexConformance):
    @pytest.fixture
    def empty(self) -> VectorIndex:
        return ApproximateIndex.empty(DIMENSION, 100)


def _clustered(count: int, seed: int) -> NDArray[np.float32]:
    """Vectors around 200 directions, as texts stand around topics."""
    centres = unit_vectors(200, seed=1)
    drawn = centres[np.random.default_rng(seed).integers(200, size=count)] + 0.6 * unit_vectors(count, seed=seed + 1)
    return (drawn / np.linalg.norm(drawn, axis=1, keepdims=True)).astype(np.float32)


VECTORS = _clustered(SIZE, 3)
IDS = np.arange(SIZE, dtype=np.int64) * 11
LABELS = (np.arange(SIZE) % 2).astype(np.int64)


@pytest.fixture
def index() -> ApproximateIndex:
    index = ApproximateIndex.empty(DIMENSION, SIZE)
    for start in range(0, SIZE, 1000):
        part = slice(start, start + 1000)
        index.add(IDS[part], VECTORS[part], LABELS[part])
    index.finish()
    return index


def _recall(
    index: VectorIndex, ids: NDArray[np.int64], vectors: NDArray[np.float32], label: int | None = None
) -> float:
    """The share of the exact ten nearest of `vectors` that are among the ten found."""
    queries = _clustered(50, 17)
    found = index.search(queries, 10, label)
    exact = ids[np.argsort(-(queries @ vectors.T), axis=1)[:, :10]]
    return float(np.mean([np.isin(hits.ids, row).sum() / 10 for hits, row in zip(found, exact, strict=True)]))


def test_it_finds_nearly_what_brute_force_finds(index: ApproximateIndex) -> None:
    assert _recall(index, IDS, VECTORS) >= 0.95
    assert _recall(index, IDS[1::2], VECTORS[1::2], 0) >= 0.95


def test_it_finds_nearly_all_while_it_changes(index: ApproximateIndex) -> None:
    more, ids = _clustered(3000, 29), 10**9 + np.arange(3000)
    index.add(ids, more, np.ones(3000, dtype=np.int64))
    index.remove(IDS[: SIZE // 10])
    index.finish()
    assert len(index) == SIZE - SIZE // 10 + 3000
    rest, vectors = np.concatenate([IDS[SIZE // 10 :], ids]), np.concatenate([VECTORS[SIZE // 10 :], more])
    assert _recall(index, rest, vectors) >= 0.95


def test_when_most_is_gone_it_closes_up_and_finds_the_rest(index: ApproximateIndex, tmp_path: Path) -> None:
    index.remove(IDS[500:])
    index.finish()
    assert _recall(index, IDS[:500], VECTORS[:500]) >= 0.95
    index.save(tmp_path / "vectors")
    assert np.load(tmp_path / "vectors" / "vectors.npy").shape == (500, DIMENSION)


@pytest.mark.parametrize("size", [FEWEST - 1, SIZE])
def test_stored_and_opened_it_is_the_same_and_can_be_changed(tmp_path: Path, size: int) -> None:
    index = ApproximateIndex.empty(DIMENSION)
    index.add(IDS[:size], VECTORS[:size], LABELS[:size])
    index.finish()
    index.remove(IDS[:3])
    index.save(tmp_path / "vectors")
    opened = ApproximateIndex.open(tmp_path / "vectors")
    np.testing.assert_array_equal(opened.ids(), index.ids())
    for label in (None, 0):
        for found, expected in zip(
            opened.search(VECTORS[:4], 9, label), index.search(VECTORS[:4], 9, label), strict=True
        ):
            np.testing.assert_array_equal(found.ids, expected.ids)
    opened.add(IDS[:3], VECTORS[:3], LABELS[:3])
    opened.remove(IDS[5:6])
    opened.finish()
    assert len(opened) == size - 1
    assert opened.search(VECTORS[1:2], 1)[0].ids.tolist() == [IDS[1]]


@pytest.mark.parametrize("dimension", [24, 50, 384])
def test_other_dimensions_serve_too(dimension: int) -> None:
    vectors = unit_vectors(1000, dimension=dimension)
    index = ApproximateIndex.empty(dimension)
    index.add(IDS[:1000], vectors, LABELS[:1000])
    index.finish()
    found = [int(hits.ids[0]) for hits in index.search(vectors[:50], 1)]
    assert found == IDS[:50].tolist()


@pytest.mark.parametrize("name", ["vectors.npy", "lists.faiss", "rows.npz", "facts.json"])
@pytest.mark.parametrize(
    "content", [None, b"", b"not an index at all", "half"], ids=["absent", "empty", "other", "half"]
)
def test_a_damaged_file_needs_set_up(
    index: ApproximateIndex, tmp_path: Path, name: str, content: bytes | str | None
) -> None:
    index.save(tmp_path / "vectors")
    path = tmp_path / "vectors" / name
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2] if content == "half" else content or b"")
    if content is None:
        path.unlink()
    with pytest.raises(SetupNeeded, match="huashu setup"):
        ApproximateIndex.open(tmp_path / "vectors")


def test_the_lists_of_another_index_need_set_up(index: ApproximateIndex, tmp_path: Path) -> None:
    index.save(tmp_path / "vectors")
    index.remove(IDS[:7])
    index.save(tmp_path / "other")
    (tmp_path / "other" / "lists.faiss").replace(tmp_path / "vectors" / "lists.faiss")
    with pytest.raises(SetupNeeded, match="huashu setup"):
        ApproximateIndex.open(tmp_path / "vectors")


def test_every_number_in_half_precision_is_the_same_in_single() -> None:
    halves = np.arange(2**16, dtype=np.uint16).view(np.float16)
    halves = halves[np.isfinite(halves)]
    np.testing.assert_array_equal(singles(halves), halves.astype(np.float32))
    assert singles(halves.reshape(2, -1)).shape == (2, len(halves) // 2)
