from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.linear_model import Ngrams, Recipe, TopicModel

TEXTS = ["能开票吗", "发票怎么开", "开个票", "什么时候发货", "咋还没发货", "几天发货"]
LABELS = ["invoice/issue"] * 3 + ["shipping/dispatch_time"] * 3


def vectors() -> np.ndarray:
    """Three vectors of four numbers a line; the first says which topic it is, the others are zero."""
    made = np.zeros((6, 3, 4), dtype=np.float32)
    made[:3, 0, 0] = 1
    made[3:, 0, 1] = 1
    return made


def test_ngrams_are_scikit_learns() -> None:
    ours = Ngrams.train(TEXTS, 3).transform(TEXTS).toarray()
    theirs = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), min_df=2, sublinear_tf=True).fit_transform(TEXTS)
    order = np.lexsort(ours), np.lexsort(theirs.toarray())
    np.testing.assert_allclose(ours[:, order[0]], theirs.toarray()[:, order[1]], atol=1e-6)


def test_unknown_characters_give_an_empty_row() -> None:
    row = Ngrams.train(TEXTS, 3).transform(["zzz", ""])
    assert row.nnz == 0
    assert row.shape[0] == 2


def test_it_learns_and_is_the_same_after_saving(tmp_path: Path) -> None:
    model = TopicModel.train(TEXTS, vectors(), LABELS, Recipe())
    probabilities = model.probabilities(TEXTS, vectors())
    assert [model.topics[place] for place in probabilities.argmax(axis=1)] == LABELS
    np.testing.assert_allclose(probabilities.sum(axis=1), 1, rtol=1e-5)
    model.save(tmp_path)
    again = TopicModel.load(tmp_path)
    assert again.topics == model.topics
    np.testing.assert_allclose(again.probabilities(TEXTS, vectors()), probabilities, rtol=1e-5)


def test_training_wants_lines_that_belong_together() -> None:
    with pytest.raises(ValueError, match="6 texts, 6 vectors and 5 labels"):
        TopicModel.train(TEXTS, vectors(), LABELS[:5], Recipe())
    with pytest.raises(ValueError, match="at least two topics"):
        TopicModel.train(TEXTS, vectors(), ["invoice/issue"] * 6, Recipe())


def test_a_folder_that_holds_no_model_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"facts\.json"):
        TopicModel.load(tmp_path)
