from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from contracts.errors import SetupNeeded
from retrieval.keyword import KeywordIndex

TEXTS = ["能开发票吗", "什么时候发货", "发票抬头写公司", "在吗", "发票发票发票"]


@pytest.fixture(scope="module")
def index() -> KeywordIndex:
    return KeywordIndex.from_texts(TEXTS)


def test_a_score_for_every_text(index: KeywordIndex) -> None:
    scores = index.scores("发票抬头")
    assert len(index) == len(TEXTS)
    assert scores.shape == (len(TEXTS),)
    assert int(scores.argmax()) == 2
    assert scores[1] == 0
    assert (scores >= 0).all()


@pytest.mark.parametrize("query", ["", "？？", "量子力学", "\ud800", "\x00", "🎈"])
def test_no_known_term_is_all_zeros(index: KeywordIndex, query: str) -> None:
    assert not index.scores(query).any()


def test_a_text_without_a_term_is_indexed_and_never_found() -> None:
    index = KeywordIndex.from_texts(["？？", "发票"])
    assert index.scores("发票").tolist()[0] == 0
    assert index.scores("发票").tolist()[1] > 0


def test_filler_can_be_searched_for(index: KeywordIndex) -> None:
    assert int(index.scores("在吗").argmax()) == 3


def test_one_text_is_enough() -> None:
    assert KeywordIndex.from_texts(["发票"]).scores("发票").shape == (1,)


def test_nothing_to_index_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing to index"):
        KeywordIndex.from_texts([])


def test_stored_and_loaded_it_scores_the_same(tmp_path: Path, index: KeywordIndex) -> None:
    index.save(tmp_path / "keyword")
    loaded = KeywordIndex.load(tmp_path / "keyword", len(TEXTS))
    for query in ("发票抬头", "在吗", "量子"):
        np.testing.assert_array_equal(loaded.scores(query), index.scores(query))


def test_a_folder_that_is_not_there_needs_set_up(tmp_path: Path) -> None:
    with pytest.raises(SetupNeeded, match="huashu setup"):
        KeywordIndex.load(tmp_path / "keyword", 3)


def test_an_index_of_another_size_needs_set_up(tmp_path: Path, index: KeywordIndex) -> None:
    index.save(tmp_path / "keyword")
    with pytest.raises(SetupNeeded, match="huashu setup"):
        KeywordIndex.load(tmp_path / "keyword", len(TEXTS) + 1)
