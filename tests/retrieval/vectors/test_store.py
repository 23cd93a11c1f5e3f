from __future__ import annotations

from pathlib import Path

import pytest

from contracts.errors import SetupNeeded
from retrieval.vectors.approximate import ApproximateIndex
from retrieval.vectors.exact import ExactIndex
from retrieval.vectors.milvus import MilvusIndex
from retrieval.vectors.place import MilvusPlace
from retrieval.vectors.store import EXACT_UP_TO, VectorStore
from tests.doubles import LetterEncoder
from tests.retrieval.vectors.conformance import DIMENSION, IDS, LABELS, VECTORS

CARD = LetterEncoder().card
FAISS = VectorStore()
MILVUS = VectorStore("shop-a", MilvusPlace("http://127.0.0.1:1"))


def test_size_decides_how_faiss_searches() -> None:
    assert isinstance(FAISS.create(CARD, EXACT_UP_TO), ExactIndex)
    assert isinstance(FAISS.create(CARD, EXACT_UP_TO + 1), ApproximateIndex)


@pytest.mark.parametrize("kind", [ExactIndex, ApproximateIndex])
def test_what_was_saved_is_opened_as_what_it_is(tmp_path: Path, kind: type[ExactIndex | ApproximateIndex]) -> None:
    index = kind.empty(DIMENSION)
    index.add(IDS, VECTORS, LABELS)
    index.finish()
    index.save(tmp_path / "vectors")
    opened = FAISS.open(tmp_path / "vectors")
    assert isinstance(opened, kind)
    assert FAISS.suits(opened, EXACT_UP_TO) is (kind is ExactIndex)
    assert FAISS.suits(opened, EXACT_UP_TO + 1) is (kind is ApproximateIndex)


def test_nothing_saved_needs_set_up(tmp_path: Path) -> None:
    with pytest.raises(SetupNeeded, match="huashu setup"):
        FAISS.open(tmp_path)


def test_milvus_is_not_asked_before_it_is_needed(tmp_path: Path) -> None:
    (tmp_path / "milvus.json").write_text('{"collection": "huashu_a", "dimension": 64, "vectors": 3}')
    assert isinstance(MILVUS.open(tmp_path), MilvusIndex)
    assert isinstance(MILVUS.create(CARD, 3), MilvusIndex)
    assert MILVUS.suits(MILVUS.open(tmp_path), 10**9)


def test_every_place_has_a_name_of_its_own() -> None:
    places = (FAISS, MILVUS, VectorStore("shop-b", MILVUS.milvus), VectorStore("shop-a", MilvusPlace("trial.db")))
    assert len({place.name for place in places}) == 4
