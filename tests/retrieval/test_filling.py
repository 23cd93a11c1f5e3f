from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from contracts.platform import Platform
from contracts.reply import Reply
from retrieval import filling
from retrieval.entries import texts_of
from retrieval.filling import Changes
from retrieval.index import SearchIndex
from retrieval.known import Known
from retrieval.library import Library
from retrieval.vectors import store as places
from retrieval.vectors.approximate import ApproximateIndex
from retrieval.vectors.exact import ExactIndex
from retrieval.vectors.store import VectorStore
from tests.doubles import LetterEncoder, make_reply

JD = frozenset({Platform.JD})
SHOP = make_reply("a.shop", "在的", "在吗", "有人吗")
INVOICE = make_reply("b.invoice", "可以开票", "能开发票吗")


class CountingEncoder(LetterEncoder):
    """Remembers what it encoded."""

    def __init__(self, name: str = "letters") -> None:
        super().__init__(name)
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.encoded += texts
        return super().encode(texts)


@pytest.fixture
def encoder() -> CountingEncoder:
    return CountingEncoder()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An index of two replies."""
    library, encoder = Library((SHOP, INVOICE)), LetterEncoder()
    SearchIndex.build(library, encoder).save(tmp_path / "index", library, encoder.card)
    return tmp_path / "index"


def _rebuilt(folder: Path, encoder: LetterEncoder, *replies: Reply) -> SearchIndex:
    known = Known.read(folder, encoder.card, VectorStore())
    index = SearchIndex.build(Library(replies), encoder, known=known)
    index.save(folder, Library(replies), encoder.card)
    return SearchIndex.load(folder, Library(replies), encoder.card)


def _changes(folder: Path, encoder: LetterEncoder, *replies: Reply) -> Changes:
    known = Known.read(folder, encoder.card, VectorStore())
    return SearchIndex.build(Library(replies), encoder, known=known).changes


@pytest.mark.parametrize(
    ("replies", "changes", "encoded"),
    [
        ((SHOP, INVOICE), Changes(kept=5), []),
        ((INVOICE, SHOP), Changes(kept=5), []),
        ((SHOP,), Changes(kept=3, removed=2), []),
        ((SHOP, INVOICE, make_reply("c.new", "新的", "新吗")), Changes(kept=5, encoded=2), ["新的", "新吗"]),
        (
            (SHOP, make_reply("b.invoice", "可以开票的", "能开发票吗")),
            Changes(kept=4, encoded=1, removed=1),
            ["可以开票的"],
        ),
        ((SHOP, make_reply("b.other", "可以开票", "能开发票吗")), Changes(kept=3, moved=2, removed=2), []),
        (
            (SHOP, make_reply("b.invoice", "可以开票", "能开发票吗", platforms=JD)),
            Changes(kept=3, moved=2, removed=2),
            [],
        ),
    ],
    ids=["same", "turned", "fewer", "more", "changed", "renamed", "platform"],
)
def test_only_what_is_new_is_encoded(
    folder: Path, encoder: CountingEncoder, replies: tuple[Reply, ...], changes: Changes, encoded: list[str]
) -> None:
    assert _changes(folder, encoder, *replies) == changes
    assert encoder.encoded == encoded


def test_the_changed_index_finds_what_a_new_one_finds(folder: Path, encoder: CountingEncoder) -> None:
    replies = (make_reply("c.new", "新的发票", "新吗", platforms=JD), INVOICE)
    changed, new = _rebuilt(folder, encoder, *replies), SearchIndex.build(Library(replies), encoder)
    assert changed.dense is not None
    assert new.dense is not None
    np.testing.assert_array_equal(changed.entries.ids, new.entries.ids)
    for text in texts_of(Library((SHOP, *replies))):
        for label in range(len(Platform)):
            expected = new.dense.search(encoder.encode([text]), 9, label)[0]
            found = changed.dense.search(encoder.encode([text]), 9, label)[0]
            assert sorted(found.ids.tolist()) == sorted(expected.ids.tolist())
            np.testing.assert_allclose(found.cosines, expected.cosines, atol=1e-6)
            hits, wanted = changed.keyword.search(text, 9, label), new.keyword.search(text, 9, label)
            np.testing.assert_array_equal(hits.positions, wanted.positions)
            np.testing.assert_array_equal(hits.scores, wanted.scores)


def test_another_encoder_starts_anew(folder: Path) -> None:
    encoder = CountingEncoder("words")
    assert _changes(folder, encoder, SHOP) == Changes(encoded=3)
    assert len(encoder.encoded) == 3


@pytest.mark.parametrize("name", ["manifest.json", "entries.npz", "vectors/exact.faiss", "keyword/terms.npz"])
def test_a_damaged_index_is_made_anew(folder: Path, encoder: CountingEncoder, name: str) -> None:
    (folder / name).write_bytes(b"")
    assert _changes(folder, encoder, SHOP) == Changes(encoded=3)


def test_a_library_that_grows_large_moves_into_lists_and_back(
    folder: Path, encoder: CountingEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "EXACT_UP_TO", 6)
    more = tuple(make_reply(f"c.{number}", f"第{number}个", f"{number}吗") for number in range(9))
    large = _rebuilt(folder, encoder, SHOP, INVOICE, *more)
    assert isinstance(large.dense, ApproximateIndex)
    assert len(encoder.encoded) == 18
    small = _rebuilt(folder, encoder, SHOP)
    assert isinstance(small.dense, ExactIndex)
    assert len(encoder.encoded) == 18
    np.testing.assert_array_equal(small.dense.ids(), np.sort(small.entries.ids))


def test_progress_is_told_after_each_block(encoder: CountingEncoder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filling, "BLOCK", 2)
    told: list[tuple[int, int]] = []
    SearchIndex.build(Library((SHOP, INVOICE)), encoder, progress=lambda *counts: told.append(counts))
    assert told == [(2, 5), (4, 5), (5, 5)]
