from __future__ import annotations

import io
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from contracts.errors import DataError, ServiceDown
from desk.settings import Settings
from launch.encoder_step import EncoderStep
from launch.index_step import IndexStep
from launch.progress import Progress
from retrieval.building import INDEX_FOLDER, open_library
from retrieval.index import SearchIndex
from tests.doubles import LetterEncoder


def _step(settings: Settings, encoder: LetterEncoder | None = None) -> IndexStep:
    return IndexStep(settings, cast(EncoderStep, SimpleNamespace(encoder=lambda: encoder or LetterEncoder())))


@pytest.fixture
def settings(tmp_path: Path, small_data: Path) -> Settings:
    shutil.copytree(small_data, tmp_path / "data")
    return Settings(data=tmp_path / "data", var=tmp_path / "var")


def _change(settings: Settings) -> None:
    file = settings.data / "replies" / "shipping.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("[在吗, 有人吗]", "[在吗, 有谁在]"), encoding="utf-8")


def test_it_is_made_once_and_serves(settings: Settings, progress: Progress, out: io.StringIO) -> None:
    step = _step(settings)
    assert not step.made()
    step.run(progress)
    assert step.made()
    assert "index: 14 of 14 texts encoded" in out.getvalue()
    SearchIndex.load(settings.var / INDEX_FOLDER, open_library(settings.data), LetterEncoder().card)


def test_a_changed_question_alone_is_encoded_again(settings: Settings, progress: Progress, out: io.StringIO) -> None:
    step = _step(settings)
    step.run(progress)
    before = step.fingerprint()
    _change(settings)
    assert step.fingerprint() != before
    step.run(progress)
    assert "index: 13 texts kept, 1 encoded, 1 removed" in out.getvalue()


def test_a_faulty_library_leaves_the_index_that_is_there(settings: Settings, progress: Progress) -> None:
    step = _step(settings)
    step.run(progress)
    library = open_library(settings.data)
    (settings.data / "replies" / "new.yml").write_text("replies:\n  - id: x\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"new\.yml:2"):
        step.run(progress)
    SearchIndex.load(settings.var / INDEX_FOLDER, library, LetterEncoder().card)


@pytest.mark.parametrize("other", [{"kind": "milvus"}, {"kind": "milvus", "library": "shop-a"}])
def test_another_place_for_the_vectors_is_another_index(settings: Settings, other: dict[str, str]) -> None:
    moved = Settings.model_validate({"data": settings.data, "var": settings.var, "vectors": other})
    assert _step(moved).fingerprint() != _step(settings).fingerprint()
    assert _step(settings, LetterEncoder("words")).fingerprint() != _step(settings).fingerprint()


def test_a_milvus_that_is_down_stops_the_step_and_not_what_is_made(settings: Settings, progress: Progress) -> None:
    local = Settings.model_validate({"data": settings.data, "var": settings.var, "vectors": {"kind": "milvus"}})
    _step(local).run(progress)
    assert _step(local).made()
    down = {"kind": "milvus", "address": "http://127.0.0.1:1", "library": "shop-a"}
    away = Settings.model_validate({"data": settings.data, "var": settings.var, "vectors": down})
    assert _step(away).made()
    _change(settings)
    with pytest.raises(ServiceDown, match=r"Milvus at http://127\.0\.0\.1:1"):
        _step(away).run(progress)
    _step(local).run(progress)
    index = SearchIndex.load(
        settings.var / INDEX_FOLDER, open_library(settings.data), LetterEncoder().card, local.store
    )
    assert index.dense is not None
    assert len(index.dense) == len(index.entries)
