from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from sentence_transformers import SentenceTransformer

from contracts.errors import InputError
from retrieval.encoder import export as exporting
from retrieval.encoder.export import LEAST_COSINE, SENTENCES, digest, export, licence_of, load_model
from retrieval.encoder.licences import M3E_SMALL, UNKNOWN
from retrieval.encoder.module import EmbeddedModule
from retrieval.encoder.transformer import DESCRIPTION_FILE, MODEL_FILE, TOKENIZER_FILE, Exported, TransformerEncoder

Export = tuple[Path, Exported, list[str]]


def test_vectors_are_those_of_the_model(tiny: Path, exported: Export) -> None:
    encoder = TransformerEncoder.from_folder(exported[0], threads=2)
    original = SentenceTransformer(str(tiny), device="cpu").encode(list(SENTENCES), normalize_embeddings=True)
    likeness = np.sum(np.asarray(original) * encoder.encode(SENTENCES), axis=1)
    assert likeness.min() >= LEAST_COSINE
    assert exported[1].cosine == pytest.approx(likeness.min(), abs=1e-3)


def test_description_is_read_from_the_model(tiny: Path, exported: Export) -> None:
    described = exported[1]
    assert described.pooling == tiny.parent.name.rstrip("0123456789")
    assert (described.dimension, described.max_length, described.prefix) == (64, 96, "")
    assert (described.licence, described.business_use) == ("mit", True)
    assert described.source == digest(tiny)


def test_only_what_serves_is_left(exported: Export) -> None:
    folder, _, said = exported
    assert {path.name for path in folder.iterdir()} == {MODEL_FILE, TOKENIZER_FILE, DESCRIPTION_FILE}
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]
    assert len(said) == 3


def test_nothing_of_this_machine_is_in_the_graph(exported: Export) -> None:
    graph = (exported[0] / MODEL_FILE).read_bytes()
    assert b"site-packages" not in graph
    assert str(Path(__file__).parents[3]).encode() not in graph


def test_a_model_that_comes_out_different_is_refused(
    tiny_mean: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "LEAST_COSINE", 1.1)
    with pytest.raises(InputError, match=r"only \d\.\d+ like the original's"):
        export("tiny", tiny_mean, tmp_path / "encoders" / "tiny", print)
    assert list((tmp_path / "encoders").iterdir()) == []


def test_licence_comes_from_the_card_or_the_caller(tiny_mean: Path, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(tiny_mean, folder)
    for card in ("---\nlicense: [a, b]\n---\n", "no front matter", "---\n: : :\n---\n", ""):
        (folder / "README.md").write_text(card, encoding="utf-8")
        assert licence_of(folder).text == UNKNOWN
    (folder / "README.md").unlink()
    assert licence_of(folder).text == UNKNOWN
    assert export("tiny", folder, tmp_path / "out", print, M3E_SMALL).licence == M3E_SMALL.text


def test_digest_sees_names_and_contents(tmp_path: Path) -> None:
    seen = set()
    for name, content in (("a", "1"), ("a", "2"), ("b", "2")):
        folder = tmp_path / f"{name}{content}"
        folder.mkdir()
        (folder / name).write_text(content, encoding="utf-8")
        seen.add(digest(folder))
    assert len(seen) == 3


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be loaded"):
        load_model(tmp_path)


def test_a_model_that_is_no_transformer_is_refused(tmp_path: Path) -> None:
    SentenceTransformer(modules=[EmbeddedModule()], device="cpu").save(str(tmp_path / "m"), create_model_card=False)
    with pytest.raises(InputError, match="cannot be loaded"):
        export("other", tmp_path / "m", tmp_path / "out", print)
