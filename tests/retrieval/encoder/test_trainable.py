from __future__ import annotations

import numpy as np
import pytest

from retrieval.encoder.embedded import EmbeddedEncoder
from retrieval.encoder.trainable import TrainableEncoder

TEXTS = ["这个票是白送的哈", "", "票您得自己掏钱", "这个票是白送的哈"]


@pytest.fixture(scope="module")
def encoder() -> TrainableEncoder:
    return TrainableEncoder.from_wheel(lost_tokens=0.5)


def test_as_published_it_gives_the_vectors_of_the_embedded_encoder(encoder: TrainableEncoder) -> None:
    vectors = encoder.eval()(TEXTS).detach().numpy()
    published = EmbeddedEncoder.from_wheel(1).encode(TEXTS)
    assert vectors.shape == (4, encoder.dimension)
    for place in (0, 2, 3):
        assert vectors[place] @ published[place] == pytest.approx(1.0, abs=1e-3)


def test_an_empty_text_is_nothing(encoder: TrainableEncoder) -> None:
    vectors = encoder.eval()(["", ""]).detach().numpy()
    assert not vectors.any()


def test_tokens_are_lost_in_training_alone(encoder: TrainableEncoder) -> None:
    text = "这个票是白送的哈，颜色有三种，尺码偏大一点"
    still = [encoder.eval()([text]).detach().numpy()[0] for _ in range(2)]
    assert np.array_equal(still[0], still[1])
    moving = [encoder.train()([text]).detach().numpy()[0] for _ in range(4)]
    assert len({vector.tobytes() for vector in moving}) > 1


def test_what_was_trained_goes_by_the_names_of_the_wheel(encoder: TrainableEncoder) -> None:
    assert {"d0", "cnn_W"} <= set(encoder.trained())
    assert not any(name.startswith("q") for name in encoder.trained())
