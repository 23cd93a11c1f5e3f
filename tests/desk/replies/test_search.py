from __future__ import annotations

from pathlib import Path

import pytest

from contracts.platform import Platform
from desk.replies.search import search
from retrieval.building import INDEX_FOLDER, open_library
from retrieval.encoder.protocol import Encoder
from retrieval.index import SearchIndex
from retrieval.retriever import Retriever


@pytest.fixture
def dense(small_data: Path, small_var: Path, embedded: Encoder) -> Retriever:
    library = open_library(small_data)
    return Retriever(library, SearchIndex.load(small_var / INDEX_FOLDER, library, embedded.card))


@pytest.fixture
def keyword(small_data: Path) -> Retriever:
    library = open_library(small_data)
    return Retriever(library, SearchIndex.keyword_only(library))


def test_the_best_by_meaning_and_words_is_first_whatever_its_state(dense: Retriever, embedded: Encoder) -> None:
    hits = search("啥时候能发货呀", dense, embedded, None, 10)
    assert {hit.reply.id for hit in hits[:2]} == {"shipping.dispatch.paid", "shipping.dispatch.any"}
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert hits[0].dense > 0.7
    assert len(search("啥时候能发货呀", dense, embedded, None, 1)) == 1


def test_only_replies_of_the_platform(dense: Retriever, embedded: Encoder) -> None:
    everywhere = {hit.reply.id for hit in search("专票", dense, embedded, None, 10)}
    on_pdd = {hit.reply.id for hit in search("专票", dense, embedded, Platform.PDD, 10)}
    assert everywhere - on_pdd == {"invoice.type.both"}


def test_without_vectors_words_are_searched(keyword: Retriever, embedded: Encoder) -> None:
    for encoder in (embedded, None):
        hits = search("专用发票", keyword, encoder, None, 10)
        assert hits[0].reply.id == "invoice.type.both"
        assert {hit.dense for hit in hits} == {0.0}
    assert search("天气", keyword, None, None, 10) == []
