from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import Dense
from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss

from contracts.errors import InputError
from retrieval.encoder.embedded import CARD, EmbeddedEncoder
from retrieval.encoder.module import EmbeddedModule, load_model

TEXTS = ["在吗", "什么时候发货", "", "好" * 2000, "能开专票吗，抬头发你"]


@pytest.fixture(scope="module")
def model() -> SentenceTransformer:
    return SentenceTransformer(modules=[EmbeddedModule()], device="cpu")


def test_vectors_are_those_of_the_encoder(model: SentenceTransformer) -> None:
    expected = EmbeddedEncoder.from_wheel(threads=1).encode(TEXTS)
    assert (np.sum(np.asarray(model.encode(TEXTS)) * expected, axis=1) > 0.9999).all()
    assert model.get_embedding_dimension() == CARD.dimension


def test_a_prompt_is_put_before_the_text(model: SentenceTransformer) -> None:
    np.testing.assert_allclose(model.encode("发货", prompt="什么时候"), model.encode("什么时候发货"), atol=1e-5)


def test_saved_and_loaded_again_with_a_layer_on_top(tmp_path: Path) -> None:
    model = SentenceTransformer(modules=[EmbeddedModule(), Dense(CARD.dimension, 32)], device="cpu")
    model.save(str(tmp_path), create_model_card=False)
    again = load_model(tmp_path)
    np.testing.assert_allclose(again.encode(TEXTS), model.encode(TEXTS), atol=1e-5)
    assert again.get_embedding_dimension() == 32


def test_a_model_made_for_other_vectors_is_refused(tmp_path: Path, model: SentenceTransformer) -> None:
    model.save(str(tmp_path), create_model_card=False)
    (config,) = tmp_path.glob("*EmbeddedModule/config.json")
    config.write_text(json.dumps({"fingerprint": "0" * 64}), encoding="utf-8")
    with pytest.raises(InputError, match="train it again"):
        load_model(tmp_path)


def test_a_layer_on_top_learns() -> None:
    torch.manual_seed(3)
    model = SentenceTransformer(modules=[EmbeddedModule(), Dense(CARD.dimension, 32)], device="cpu")
    questions, answers = (
        ["什么时候发货", "能开发票吗", "退货运费谁出"],
        ["48小时内发出", "付款后都可以开票", "运费由买家承担"],
    )
    columns = [model.preprocess(questions), model.preprocess(answers)]
    loss, optimiser = MultipleNegativesRankingLoss(model), torch.optim.Adam(model.parameters(), lr=1e-2)
    values = []
    for _ in range(20):
        optimiser.zero_grad()
        value = loss([dict(column) for column in columns], torch.empty(0))
        value.backward()
        optimiser.step()
        values.append(value.item())
    assert values[-1] < values[0] / 2
