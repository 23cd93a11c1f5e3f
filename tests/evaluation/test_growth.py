from __future__ import annotations

import numpy as np
import pytest

from evaluation.growth import Growth, Plan, recall
from evaluation.growth_report import markdown
from retrieval.encoder.protocol import Encoder
from retrieval.index import SearchIndex
from retrieval.library import Library
from retrieval.vectors import store
from tests.doubles import LetterEncoder


def _silent(_step: str, _done: int, _total: int) -> None:
    return None


def test_above_the_size_of_exact_search_recall_is_measured(
    shipped_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "EXACT_UP_TO", 500)
    told: list[str] = []
    plan = Plan((400,), messages=12, encoded=600)
    growth = Growth(shipped_library, LetterEncoder(), plan)
    row = growth.measure(400, lambda step, _done, _total: told.append(step))
    assert not row.exact
    assert row.recall is not None
    assert 0.8 <= row.recall <= 1
    assert (row.replies, row.encoded) == (400, 600)
    assert 700 < row.texts <= 800
    assert list(dict.fromkeys(told)) == ["making replies", "encoding", "asking", "comparing with exact search"]


def test_the_recall_of_exact_search_is_whole(shipped_index: SearchIndex, embedded: Encoder) -> None:
    assert recall(shipped_index, embedded.encode(["能开专票吗", "什么时候发货", "在吗"]), _silent) == 1


def test_what_is_not_found_costs_recall(shipped_index: SearchIndex, embedded: Encoder) -> None:
    half = SearchIndex(shipped_index.entries, shipped_index.terms, _Half(shipped_index))
    assert recall(half, embedded.encode(["能开专票吗"]), _silent) == pytest.approx(0.5)


class _Half:
    """Finds every other of the nearest."""

    def __init__(self, index: SearchIndex) -> None:
        assert index.dense is not None
        self._whole = index.dense

    def __getattr__(self, name: str) -> object:
        return getattr(self._whole, name)

    def search(self, vectors: np.ndarray, k: int, label: int | None = None) -> list[object]:
        found = self._whole.search(vectors, k, label)
        return [type(hits)(hits.ids[::2], hits.cosines[::2]) for hits in found]


def test_the_page_says_what_is_made_up(shipped_library: Library) -> None:
    plan = Plan((150,), messages=10, encoded=200)
    page = markdown([Growth(shipped_library, LetterEncoder(), plan).measure(150, _silent)], plan, "two cores")
    assert "two cores" in page
    assert "At most 200 texts are encoded" in page
    assert "(200 texts)" in page
    assert page.count('"150"') == 1
