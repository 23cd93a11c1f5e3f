"""A tiny sentence-transformers model, made here: BERT of two layers with random weights, one token a character."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
from transformers import BertConfig, BertModel, BertTokenizer

from retrieval.encoder.export import SENTENCES, export
from retrieval.encoder.transformer import Exported
from tests.retrieval.encoder.conformance import TEXTS

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]


def save_tiny_model(folder: Path, pooling: str, licence: str | None) -> Path:
    bert = folder / "bert"
    bert.mkdir(parents=True)
    characters = sorted({character for text in [*SENTENCES, *TEXTS] for character in text.lower() if character != " "})
    (bert / "vocab.txt").write_text("\n".join([*SPECIAL, *characters]), encoding="utf-8")
    BertTokenizer(vocab=str(bert / "vocab.txt")).save_pretrained(bert)
    torch.manual_seed(7)
    config = BertConfig(
        vocab_size=len(SPECIAL) + len(characters),
        hidden_size=64,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=128,
        max_position_embeddings=96,
        initializer_range=0.2,
    )
    BertModel(config).save_pretrained(bert)
    transformer = Transformer(str(bert))
    model = SentenceTransformer(modules=[transformer, Pooling(64, pooling_mode=pooling)], device="cpu")
    saved = folder / "model"
    model.save(str(saved), create_model_card=False)
    if licence:
        (saved / "README.md").write_text(f"---\nlicense: {licence}\n---\n# Tiny\n", encoding="utf-8")
    return saved


@pytest.fixture(scope="session", params=["mean", "cls"])
def tiny(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_tiny_model(tmp_path_factory.mktemp(request.param), request.param, "mit")


@pytest.fixture(scope="session")
def tiny_mean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_tiny_model(tmp_path_factory.mktemp("plain"), "mean", None)


@pytest.fixture(scope="session")
def exported(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Exported, list[str]]:
    """The folder, description and messages of an export of the tiny model."""
    said: list[str] = []
    target = tmp_path_factory.mktemp("encoders") / "tiny"
    return target, export("tiny", tiny, target, said.append), said
