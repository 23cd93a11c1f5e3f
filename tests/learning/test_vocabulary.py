from __future__ import annotations

import numpy as np
import pytest

from learning.vocabulary import Vocabulary

GROUPS = {"r": 1.0, "b": 0.4}
DOCUMENTS = [["r一", "r二", "b一"], ["r一", "b一"], ["r三"]]


def test_rare_tokens_have_no_column() -> None:
    assert set(Vocabulary.of(DOCUMENTS, least=2, groups=GROUPS).columns) == {"r一", "b一"}


def test_each_group_has_its_own_length() -> None:
    vocabulary = Vocabulary.of(DOCUMENTS, least=1, groups=GROUPS)
    columns, values = vocabulary.row(["r一", "r一", "r二", "b一", "r无"])
    length = {name: vocabulary.columns[f"{name}一"] for name in "rb"}
    mine = np.isin(columns, [vocabulary.columns["r一"], vocabulary.columns["r二"]])
    assert np.linalg.norm(values[mine]) == pytest.approx(GROUPS["r"])
    assert values[columns == length["b"]] == pytest.approx(GROUPS["b"])


def test_a_document_of_unknown_tokens_is_an_empty_row() -> None:
    columns, values = Vocabulary.of(DOCUMENTS, least=1, groups=GROUPS).row(["r无"])
    assert len(columns) == len(values) == 0
