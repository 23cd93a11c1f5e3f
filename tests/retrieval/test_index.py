from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from contracts.errors import SetupNeeded
from contracts.platform import Platform
from retrieval.entries import texts_of
from retrieval.index import SearchIndex
from retrieval.library import Library
from retrieval.retriever import Retriever
from retrieval.vectors.place import MilvusPlace
from retrieval.vectors.store import VectorStore
from tests.doubles import LetterEncoder, make_reply


@pytest.fixture
def folder(tmp_path: Path, library: Library, encoder: LetterEncoder) -> Path:
    SearchIndex.build(library, encoder).save(tmp_path / "index", library, encoder.card)
    return tmp_path / "index"


def test_both_searches_have_every_text(library: Library, encoder: LetterEncoder) -> None:
    index = SearchIndex.build(library, encoder)
    assert index.dense is not None
    assert len(index.dense) == len(index.keyword) == len(index.entries) == len(list(texts_of(library)))


def test_an_id_leads_to_its_reply(library: Library, encoder: LetterEncoder) -> None:
    index = SearchIndex.build(library, encoder)
    assert index.owners_of(index.entries.ids).tolist() == index.entries.owners.tolist()
    assert index.owners_of(np.array([12345, 2**62])).tolist() == [-1, -1]


def test_stored_and_loaded_it_is_the_same(folder: Path, library: Library, encoder: LetterEncoder) -> None:
    built, loaded = SearchIndex.build(library, encoder), SearchIndex.load(folder, library, encoder.card)
    np.testing.assert_array_equal(loaded.entries.ids, built.entries.ids)
    np.testing.assert_array_equal(loaded.entries.owners, built.entries.owners)
    for found, expected in zip(_searched(loaded, "发票"), _searched(built, "发票"), strict=True):
        np.testing.assert_array_equal(found, expected)


def _searched(index: SearchIndex, text: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    assert index.dense is not None
    (hits,) = index.dense.search(LetterEncoder().encode([text]), 5, 0)
    return hits.ids, index.keyword.search(text, 5, 0).positions


def test_storing_again_replaces_the_whole_folder(folder: Path, encoder: LetterEncoder) -> None:
    (folder / "left-over").write_text("")
    other = Library((make_reply("a.b", "在"),))
    SearchIndex.build(other, encoder).save(folder, other, encoder.card)
    assert len(SearchIndex.load(folder, other, encoder.card).entries) == 1
    assert not (folder / "left-over").exists()


def test_a_keyword_index_is_for_the_moment_only(tmp_path: Path, library: Library, encoder: LetterEncoder) -> None:
    index = SearchIndex.keyword_only(library)
    assert index.dense is None
    with pytest.raises(ValueError, match="not stored"):
        index.save(tmp_path / "index", library, encoder.card)


def test_no_index_needs_set_up(tmp_path: Path, library: Library, encoder: LetterEncoder) -> None:
    with pytest.raises(SetupNeeded, match="no search index; run `huashu setup`"):
        SearchIndex.load(tmp_path, library, encoder.card)


def test_another_encoder_needs_set_up_and_both_are_named(folder: Path, library: Library) -> None:
    with pytest.raises(
        SetupNeeded, match=r"built by encoder 'letters', the configured encoder is 'words'.*huashu setup"
    ):
        SearchIndex.load(folder, library, LetterEncoder("words").card)


def test_a_changed_library_needs_set_up(folder: Path, library: Library, encoder: LetterEncoder) -> None:
    changed = Library((*library.replies, make_reply("new.reply", "新的")))
    with pytest.raises(SetupNeeded, match=r"library has changed.*huashu setup"):
        SearchIndex.load(folder, changed, encoder.card)


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [("format", 99, "format 99"), ("labels", "tmall jd", "tmall jd"), ("store", "milvus a b", "vectors in milvus a b")],
)
def test_another_kind_of_index_needs_set_up(
    folder: Path, library: Library, encoder: LetterEncoder, field: str, value: object, message: str
) -> None:
    manifest = folder / "manifest.json"
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), field: value}))
    with pytest.raises(SetupNeeded, match=rf"{message}.*huashu setup"):
        SearchIndex.load(folder, library, encoder.card)


def test_a_reply_for_another_platform_is_another_library(
    folder: Path, library: Library, encoder: LetterEncoder
) -> None:
    first, *rest = library.replies
    changed = Library((replace(first, platforms=frozenset({Platform.JD})), *rest))
    with pytest.raises(SetupNeeded, match=r"library has changed.*huashu setup"):
        SearchIndex.load(folder, changed, encoder.card)


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _scramble(path: Path) -> None:
    path.write_bytes(bytes(byte ^ 0x5A for byte in path.read_bytes()))


STORED = (
    "manifest.json",
    "entries.npz",
    "vectors/exact.faiss",
    "vectors/rows.npz",
    "keyword/terms.npz",
    "keyword/vocabulary.json",
)


def test_every_stored_file_is_damaged_below(folder: Path) -> None:
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} == set(STORED)


@pytest.mark.parametrize("damage", [Path.unlink, _cut, _empty, _scramble])
@pytest.mark.parametrize("name", STORED)
def test_a_damaged_file_needs_set_up(
    folder: Path, library: Library, encoder: LetterEncoder, name: str, damage: Callable[[Path], None]
) -> None:
    damage(folder / name)
    with pytest.raises(SetupNeeded, match="huashu setup"):
        SearchIndex.load(folder, library, encoder.card)


@pytest.mark.parametrize("part", ["vectors", "keyword", "entries.npz"])
def test_a_part_of_another_index_needs_set_up(
    folder: Path, library: Library, encoder: LetterEncoder, tmp_path: Path, part: str
) -> None:
    small = Library((make_reply("a.b", "在"),))
    SearchIndex.build(small, encoder).save(tmp_path / "small", small, encoder.card)
    if part != "entries.npz":
        shutil.rmtree(folder / part)
    (tmp_path / "small" / part).replace(folder / part)
    with pytest.raises(SetupNeeded, match="huashu setup"):
        SearchIndex.load(folder, library, encoder.card)


def test_two_shops_in_one_milvus_never_see_each_others_replies(tmp_path: Path, encoder: LetterEncoder) -> None:
    place = MilvusPlace(str(tmp_path / "shared.db"), timeout=10)
    shops = {
        name: Library(
            (make_reply("invoice.yes", f"{name}可以开票", "能开发票吗"), make_reply(f"{name}.own", "在的", "在吗"))
        )
        for name in ("shop-a", "shop-b")
    }
    for name, library in shops.items():
        store = VectorStore(name, place)
        SearchIndex.build(library, encoder, store).save(tmp_path / name, library, encoder.card, store)
    for name, library in shops.items():
        index = SearchIndex.load(tmp_path / name, library, encoder.card, VectorStore(name, place))
        assert index.dense is not None
        assert len(index.dense) == len(index.entries)
        for text in ("能开发票吗", "在吗", "shop-a可以开票", "shop-b可以开票"):
            (hits,) = index.dense.search(encoder.encode([text]), 100, 0)
            assert set(hits.ids.tolist()) == set(index.entries.ids.tolist())
            found = Retriever(library, index).search(text, encoder.encode([text]), Platform.TMALL)
            assert {library.replies[position].id for position in found.dense} == {"invoice.yes", f"{name}.own"}
