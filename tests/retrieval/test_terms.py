from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from contracts.errors import SetupNeeded
from retrieval import terms as module
from retrieval.segment import terms
from retrieval.terms import Terms

TEXTS = ["能开发票吗", "？？", "发票抬头写公司", "发票发票"]


def _all(table: Terms) -> list[list[str]]:
    ends = np.cumsum(table.lengths)
    return [table.row(position, ends) for position in range(len(table))]


def test_the_terms_of_each_text() -> None:
    assert _all(Terms.of(TEXTS)) == [terms(text) for text in TEXTS]


def test_a_known_text_is_not_cut_again(monkeypatch: pytest.MonkeyPatch) -> None:
    known = Terms.of(TEXTS)
    cut: list[str] = []
    monkeypatch.setattr(module, "terms", lambda text: cut.append(text) or [text])
    table = Terms.of(["新的", TEXTS[2], TEXTS[0]], known, np.array([-1, 2, 0]))
    assert cut == ["新的"]
    assert _all(table) == [["新的"], terms(TEXTS[2]), terms(TEXTS[0])]
    assert set(table.vocabulary) == {"新的", *terms(TEXTS[2]), *terms(TEXTS[0])}


def test_stored_and_loaded_they_are_the_same(tmp_path: Path) -> None:
    Terms.of(TEXTS).save(tmp_path / "keyword")
    assert _all(Terms.load(tmp_path / "keyword", len(TEXTS))) == _all(Terms.of(TEXTS))


def test_a_folder_that_is_not_there_needs_set_up(tmp_path: Path) -> None:
    with pytest.raises(SetupNeeded, match="huashu setup"):
        Terms.load(tmp_path / "keyword", 3)


def test_terms_of_other_texts_need_set_up(tmp_path: Path) -> None:
    Terms.of(TEXTS).save(tmp_path / "keyword")
    with pytest.raises(SetupNeeded, match="holds 4 texts, not 5; run `huashu setup`"):
        Terms.load(tmp_path / "keyword", 5)


@pytest.mark.parametrize(
    "table",
    [
        Terms(("a", "b"), np.array([0, 2], dtype=np.int32), np.array([2], dtype=np.int32)),
        Terms(("a", "b"), np.array([0, -1], dtype=np.int32), np.array([2], dtype=np.int32)),
        Terms(("a", "b"), np.array([0, 0], dtype=np.int32), np.array([2], dtype=np.int32)),
        Terms(("a", "b"), np.array([0, 1], dtype=np.int32), np.array([3], dtype=np.int32)),
    ],
    ids=["above", "below", "unused", "lengths"],
)
def test_numbers_that_do_not_fit_need_set_up(tmp_path: Path, table: Terms) -> None:
    table.save(tmp_path / "keyword")
    with pytest.raises(SetupNeeded, match="huashu setup"):
        Terms.load(tmp_path / "keyword", 1)
