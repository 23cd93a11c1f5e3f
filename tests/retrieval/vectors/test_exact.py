from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from contracts.errors import SetupNeeded
from retrieval.vectors.exact import ExactIndex
from retrieval.vectors.protocol import VectorIndex
from tests.retrieval.vectors.conformance import DIMENSION, IDS, LABELS, QUERIES, VECTORS, VectorIndexConformance


class TestExactIndex(VectorIndexConformance):
    @pytest.fixture
    def empty(self) -> VectorIndex:
        return ExactIndex.empty(DIMENSION)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    index = ExactIndex.empty(DIMENSION)
    index.add(IDS, VECTORS, LABELS)
    index.remove(IDS[:2])
    index.save(tmp_path / "vectors")
    return tmp_path / "vectors"


def test_stored_and_opened_it_is_the_same(folder: Path) -> None:
    assert ExactIndex.is_in(folder)
    opened = ExactIndex.open(folder)
    np.testing.assert_array_equal(opened.ids(), np.sort(IDS[2:]))
    np.testing.assert_array_equal(opened.vectors(IDS[5:7]), VECTORS[5:7])
    rest = IDS[2:]
    expected = rest[np.argsort(-(VECTORS[2:] @ QUERIES[0]))[:4]]
    np.testing.assert_array_equal(opened.search(QUERIES[:1], 4)[0].ids, expected)


@pytest.mark.parametrize("name", ["exact.faiss", "rows.npz"])
@pytest.mark.parametrize(
    "content", [None, b"", b"not an index at all", "half"], ids=["absent", "empty", "other", "half"]
)
def test_a_damaged_file_needs_set_up(folder: Path, name: str, content: bytes | str | None) -> None:
    path = folder / name
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2] if content == "half" else content or b"")
    if content is None:
        path.unlink()
    with pytest.raises(SetupNeeded, match="huashu setup"):
        ExactIndex.open(folder)


def test_the_rows_of_another_index_need_set_up(folder: Path, tmp_path: Path) -> None:
    other = ExactIndex.empty(DIMENSION)
    other.add(IDS[:3], VECTORS[:3], LABELS[:3])
    other.save(tmp_path / "other")
    (tmp_path / "other" / "rows.npz").replace(folder / "rows.npz")
    with pytest.raises(SetupNeeded, match="huashu setup"):
        ExactIndex.open(folder)
