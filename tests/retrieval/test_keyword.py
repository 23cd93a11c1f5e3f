from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from evaluation.synthetic import synthetic_library
from retrieval.entries import LABELS, Entries, texts_of
from retrieval.keyword import KeywordIndex
from retrieval.library import Library
from retrieval.terms import Terms
from tests.retrieval.plain_bm25 import PlainBm25

TEXTS = ["能开发票吗", "什么时候发货", "发票抬头写公司", "在吗", "发票发票发票"]
BOTH = np.full(len(TEXTS), 0b11)


def _index(texts: list[str], labels: np.ndarray | None = None) -> KeywordIndex:
    return KeywordIndex(Terms.of(texts), np.ones(len(texts), dtype=np.int64) if labels is None else labels)


@pytest.fixture(scope="module")
def index() -> KeywordIndex:
    return _index(TEXTS, BOTH)


def test_the_best_texts_come_first_and_others_not_at_all(index: KeywordIndex) -> None:
    hits = index.search("发票抬头", 5, 0)
    assert len(index) == len(TEXTS)
    assert hits.positions.tolist() == [2, 4, 0]
    assert (np.diff(hits.scores) <= 0).all()
    assert hits.shares[0] == 1
    assert index.search("发票抬头", 1, 0).positions.tolist() == [2]


@pytest.mark.parametrize("query", ["发票抬头", "在吗", "发票 发票 发货", "什么时候能开发票"])
def test_the_scores_are_those_of_the_formula(index: KeywordIndex, query: str) -> None:
    expected = PlainBm25(TEXTS).scores(query)
    hits = index.search(query, 9, 0)
    np.testing.assert_allclose(hits.scores, expected[hits.positions], rtol=1e-5)
    assert set(hits.positions.tolist()) == set(np.flatnonzero(expected).tolist())


@pytest.mark.parametrize("query", ["", "？？", "量子力学", "\ud800", "\x00", "🎈"])
def test_without_a_known_term_nothing_is_found(index: KeywordIndex, query: str) -> None:
    hits = index.search(query, 5, 0)
    assert len(hits.positions) == len(hits.scores) == len(hits.shares) == 0


def test_only_texts_with_the_label(index: KeywordIndex) -> None:
    some = _index(TEXTS, np.array([0b01, 0b11, 0b10, 0b11, 0b01]))
    assert some.search("发票", 5, 0).positions.tolist() == [4, 0]
    assert some.search("发票", 5, 1).positions.tolist() == [2]
    assert len(some.search("发票", 5, 2).positions) == 0
    assert len(index.search("发票", 5, 1).positions) == 3


def test_of_equal_texts_the_first_come_first() -> None:
    assert _index(["发票"] * 9 + ["发货"]).search("发票", 4, 0).positions.tolist() == [0, 1, 2, 3]


def test_a_text_without_a_term_is_indexed_and_never_found() -> None:
    assert _index(["？？", "发票"]).search("发票", 5, 0).positions.tolist() == [1]
    assert len(_index(["？？"]).search("发票", 5, 0).positions) == 0


def test_filler_can_be_searched_for(index: KeywordIndex) -> None:
    assert index.search("在吗", 1, 0).positions.tolist() == [3]


def test_nothing_to_index_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing to index"):
        _index([])


def test_a_label_for_each_text_is_asked_for() -> None:
    with pytest.raises(ValueError, match="2 texts and 1 labels"):
        KeywordIndex(Terms.of(["发票", "发货"]), np.array([1]))


@pytest.fixture(scope="module")
def large(shipped_library: Library) -> tuple[Library, Entries, KeywordIndex]:
    """4,000 texts: enough for long lists to be skipped and looked up."""
    library = synthetic_library(shipped_library, 2000, seed=3)
    entries = Entries.of(library)
    return library, entries, KeywordIndex(Terms.of(texts_of(library)), entries.labels)


@pytest.mark.parametrize("k", [1, 10, 80])
def test_the_best_are_exactly_those_of_a_look_at_every_text(
    large: tuple[Library, Entries, KeywordIndex], k: int
) -> None:
    library, entries, index = large
    plain = PlainBm25(list(texts_of(library)))
    queries = [reply.questions[0] for reply in synthetic_library(library, 12, seed=4).replies]
    for query, label in zip(queries, [*LABELS.values()] * 2, strict=True):
        expected = np.where(entries.labels >> label & 1, plain.scores(query), 0)
        hits = index.search(query, k, label)
        best = np.sort(expected)[::-1][:k]
        np.testing.assert_allclose(hits.scores, best[best > 0], rtol=1e-5)
        np.testing.assert_allclose(hits.scores, expected[hits.positions], rtol=1e-5)
        assert (np.lexsort((hits.positions, -hits.scores)) == np.arange(len(hits.scores))).all()


def test_threads_at_once_find_the_same(large: tuple[Library, Entries, KeywordIndex]) -> None:
    library, _, index = large
    queries = [reply.questions[0] for reply in synthetic_library(library, 40, seed=5).replies]
    expected = [index.search(query, 20, 0).positions.tolist() for query in queries]
    with ThreadPoolExecutor(4) as pool:
        found = pool.map(lambda query: index.search(query, 20, 0).positions.tolist(), queries * 3)
        assert list(found) == expected * 3
