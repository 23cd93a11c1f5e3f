from __future__ import annotations

from pathlib import Path

import pytest

from contracts.errors import DataError
from retrieval.building import INDEX_FOLDER, build_index, open_library
from retrieval.encoder.protocol import Encoder
from retrieval.filling import Changes
from retrieval.index import SearchIndex
from retrieval.library import Library
from tests.doubles import LetterEncoder

REPLIES = """\
replies:
  - id: greet.hello
    topic: greet/hello
    platforms: [all]
    text: 在的
    questions: [在吗]
    approved: {by: demo, on: 2026-11-21}
"""


@pytest.fixture
def small_data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    (folder / "replies").mkdir(parents=True)
    (folder / "replies" / "greet.yml").write_text(REPLIES, encoding="utf-8")
    (folder / "taxonomy.yml").write_text("greet:\n  hello: 问好\n", encoding="utf-8")
    return folder


def test_the_index_is_built_from_the_files(tmp_path: Path, small_data: Path, encoder: LetterEncoder) -> None:
    build_index(small_data, tmp_path / "var", encoder)
    library = open_library(small_data)
    index = SearchIndex.load(tmp_path / "var" / INDEX_FOLDER, library, encoder.card)
    assert len(index.entries) == 2
    assert index.keyword.search("在吗", 5, 0).positions[0] == 1


def test_what_the_index_knows_is_kept(tmp_path: Path, small_data: Path, encoder: LetterEncoder) -> None:
    assert build_index(small_data, tmp_path / "var", encoder) == Changes(encoded=2)
    file = small_data / "replies" / "greet.yml"
    file.write_text(REPLIES.replace("[在吗]", "[在吗, 有人吗]"), encoding="utf-8")
    assert build_index(small_data, tmp_path / "var", encoder) == Changes(kept=2, encoded=1)
    SearchIndex.load(tmp_path / "var" / INDEX_FOLDER, open_library(small_data), encoder.card)


def test_a_faulty_library_leaves_the_index_that_is_there(
    tmp_path: Path, small_data: Path, encoder: LetterEncoder
) -> None:
    build_index(small_data, tmp_path / "var", encoder)
    library = open_library(small_data)
    (small_data / "replies" / "more.yml").write_text("replies:\n  - id: x\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"more\.yml:2"):
        build_index(small_data, tmp_path / "var", encoder)
    assert SearchIndex.load(tmp_path / "var" / INDEX_FOLDER, library, encoder.card)


def test_no_taxonomy_is_a_fault_that_names_it(small_data: Path) -> None:
    (small_data / "taxonomy.yml").unlink()
    with pytest.raises(DataError, match=r"taxonomy\.yml"):
        open_library(small_data)


def test_the_shipped_library_is_indexed_whole(
    shipped_index: SearchIndex, shipped_library: Library, embedded: Encoder
) -> None:
    texts = sum(1 + len(reply.questions) for reply in shipped_library.replies)
    assert shipped_index.dense is not None
    assert len(shipped_index.dense) == len(shipped_index.entries) == texts
    assert shipped_index.dense.dimension == embedded.card.dimension
