from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from contracts.errors import SetupNeeded
from retrieval.index import SearchIndex
from retrieval.library import Library
from tests.doubles import LetterEncoder, make_reply


@pytest.fixture
def folder(tmp_path: Path, library: Library, encoder: LetterEncoder) -> Path:
    SearchIndex.build(library, encoder).save(tmp_path / "index", library, encoder.card)
    return tmp_path / "index"


def test_a_text_for_every_reply_and_every_question(library: Library, encoder: LetterEncoder) -> None:
    index = SearchIndex.build(library, encoder)
    texts = [(library.replies[entry.reply].id, entry.text) for entry in index.entries]
    assert texts[:4] == [
        ("invoice.yes", "发票可以开的"),
        ("invoice.yes", "能开发票吗"),
        ("invoice.yes", "有票吗"),
        ("invoice.taobao", "付款后在订单里申请发票"),
    ]
    assert ("invoice.days", "天内开好发票") in texts
    assert index.dense is not None
    assert len(index.dense) == len(index.keyword) == len(texts)


def test_stored_and_loaded_it_is_the_same(folder: Path, library: Library, encoder: LetterEncoder) -> None:
    built, loaded = SearchIndex.build(library, encoder), SearchIndex.load(folder, library, encoder.card)
    assert loaded.entries == built.entries
    np.testing.assert_array_equal(loaded.keyword.scores("发票"), built.keyword.scores("发票"))
    assert loaded.dense is not None
    assert loaded.dense.dimension == encoder.card.dimension


def test_storing_again_replaces_the_whole_folder(folder: Path, encoder: LetterEncoder) -> None:
    (folder / "left-over").write_text("")
    other = Library((make_reply("a.b", "在"),))
    SearchIndex.build(other, encoder).save(folder, other, encoder.card)
    assert len(SearchIndex.load(folder, other, encoder.card).entries) == 2
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


def test_another_format_needs_set_up(folder: Path, library: Library, encoder: LetterEncoder) -> None:
    manifest = folder / "manifest.json"
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), "format": 99}))
    with pytest.raises(SetupNeeded, match="format 99"):
        SearchIndex.load(folder, library, encoder.card)


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _scramble(path: Path) -> None:
    path.write_bytes(bytes(byte ^ 0x5A for byte in path.read_bytes()))


STORED = (
    "manifest.json",
    "vectors.faiss",
    "keyword/data.csc.index.npy",
    "keyword/indices.csc.index.npy",
    "keyword/indptr.csc.index.npy",
    "keyword/params.index.json",
    "keyword/vocab.index.json",
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


@pytest.mark.parametrize("part", ["vectors.faiss", "keyword"])
def test_a_part_of_another_index_needs_set_up(
    folder: Path, library: Library, encoder: LetterEncoder, tmp_path: Path, part: str
) -> None:
    small = Library((make_reply("a.b", "在"),))
    SearchIndex.build(small, encoder).save(tmp_path / "small", small, encoder.card)
    if part == "keyword":
        shutil.rmtree(folder / part)
    (tmp_path / "small" / part).replace(folder / part)
    with pytest.raises(SetupNeeded, match="huashu setup"):
        SearchIndex.load(folder, library, encoder.card)
