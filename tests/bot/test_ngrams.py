from __future__ import annotations

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.ngrams import Ngrams

TEXTS = ["能开票吗", "发票怎么开", "开个票", "什么时候发货", "咋还没发货", "几天发货"]


def test_ngrams_are_scikit_learns() -> None:
    ours = Ngrams.train(TEXTS, 3).transform(TEXTS).toarray()
    theirs = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), min_df=2, sublinear_tf=True).fit_transform(TEXTS)
    order = np.lexsort(ours), np.lexsort(theirs.toarray())
    np.testing.assert_allclose(ours[:, order[0]], theirs.toarray()[:, order[1]], atol=1e-6)


def test_rare_ngrams_are_left_out() -> None:
    assert set(Ngrams.train(TEXTS, 2, least=3).vocabulary) == {"发", "货", "发货", "开", "票"}
    assert set(Ngrams.train(TEXTS, 2, least=4).vocabulary) == {"发"}
    assert not Ngrams.train(TEXTS, 2, least=5).vocabulary


def test_unknown_characters_give_an_empty_row() -> None:
    row = Ngrams.train(TEXTS, 3).transform(["zzz", ""])
    assert row.nnz == 0
    assert row.shape[0] == 2


def test_texts_that_share_nothing_have_no_columns() -> None:
    assert Ngrams.train([], 3).transform(["好"]).shape == (1, 0)
    assert Ngrams.train(["好", "在"], 3).transform(["好"]).shape == (1, 0)
