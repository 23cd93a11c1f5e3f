from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from contracts.errors import SetupNeeded
from retrieval.encoder.topic_head import FILE, TopicHead

RANDOM = np.random.default_rng(7)


def floats(*shape: int) -> np.ndarray:
    return RANDOM.normal(size=shape).astype(np.float32)


@pytest.fixture
def head() -> TopicHead:
    """Vectors of two numbers, three topics, four hidden units."""
    topics = ("invoice/issue", "refund/how", "shipping/delay")
    return TopicHead(topics, "e" * 64, 0.5, floats(6, 4), floats(4), floats(10, 3), floats(3))


def test_it_is_a_softmax_over_the_inputs_and_a_hidden_layer(head: TopicHead) -> None:
    vectors = floats(5, 3, 2)
    found = head.log_probabilities(vectors)
    for line, row in zip(vectors, found, strict=True):
        inputs = np.concatenate([line[0], line[1] * 0.5, line[2] * 0.5])
        hidden = np.maximum(head.hidden.T @ inputs + head.hidden_bias, 0)
        odds = np.exp(head.weights.T @ np.concatenate([inputs, hidden]) + head.bias)
        np.testing.assert_allclose(np.exp(row), odds / odds.sum(), rtol=1e-4)


def test_without_hidden_units_it_is_a_plain_softmax(head: TopicHead) -> None:
    plain = replace(head, hidden=floats(6, 0), hidden_bias=floats(0), weights=head.weights[:6])
    assert np.exp(plain.log_probabilities(floats(2, 3, 2))).sum(1) == pytest.approx(1.0)


def test_some_topics_in_another_order(head: TopicHead) -> None:
    vectors = floats(3, 3, 2)
    few = head.of(["shipping/delay", "invoice/issue"])
    whole, part = head.log_probabilities(vectors), few.log_probabilities(vectors)
    np.testing.assert_allclose(part[:, 0] - part[:, 1], whole[:, 2] - whole[:, 0], rtol=1e-4)
    with pytest.raises(ValueError, match="not in tuple"):
        head.of(["coupon/find"])


def test_it_is_the_same_after_saving(head: TopicHead, tmp_path: Path) -> None:
    head.save(tmp_path)
    again = TopicHead.load(tmp_path)
    assert (again.topics, again.encoder, again.context) == (head.topics, head.encoder, head.context)
    vectors = floats(2, 3, 2)
    np.testing.assert_array_equal(again.log_probabilities(vectors), head.log_probabilities(vectors))


@pytest.mark.parametrize("kept", [0, 100])
def test_a_file_that_is_missing_or_cut_asks_for_the_set_up(head: TopicHead, tmp_path: Path, kept: int) -> None:
    with pytest.raises(SetupNeeded, match="huashu setup"):
        TopicHead.load(tmp_path)
    head.save(tmp_path)
    (tmp_path / FILE).write_bytes((tmp_path / FILE).read_bytes()[:kept])
    with pytest.raises(SetupNeeded, match="huashu setup"):
        TopicHead.load(tmp_path)
