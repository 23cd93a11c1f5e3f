from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from retrieval.encoder.adaptation import Adapted, Recipe, _batches, adapt, tensors_of
from retrieval.encoder.adapted import card_of, wheel_weights
from retrieval.encoder.embedded import tokeniser
from retrieval.encoder.lesson import Lesson
from retrieval.encoder.network import Network
from retrieval.encoder.trainable import TrainableEncoder

LESSONS = [
    Lesson("能开票吗", "", "", ("invoice/issue",)),
    Lesson("发票怎么弄", "您好", "", ("invoice/issue",)),
    Lesson("啥时候发", "", "", ("shipping/dispatch_time",)),
    Lesson("今天能寄走不", "在的亲", "在吗", ("shipping/dispatch_time", "shipping/delay")),
]
SHORT = Recipe(epochs=3, batch=2, warm_up=1)


def tokenise(text: str) -> list[int]:
    return list(tokeniser().encode(text, out_type=int, add_bos=True, add_eos=True))


def vectors(weights: Mapping[str, np.ndarray], texts: list[str]) -> np.ndarray:
    found = Network(wheel_weights() | weights).eval()([np.array(tokenise(text)) for text in texts])
    return np.asarray(found.detach())


@pytest.fixture(scope="module")
def told() -> list[str]:
    """What was said during the training of `made`."""
    return []


@pytest.fixture(scope="module")
def made(told: list[str]) -> Adapted:
    return adapt(wheel_weights(), tokenise, LESSONS, told.append, replace(SHORT, epochs=12))


def test_lines_of_one_topic_come_nearer_and_those_of_two_go_apart(made: Adapted) -> None:
    texts = ["能开票吗", "发票怎么弄", "啥时候发"]
    before, after = (vectors(weights, texts) for weights in ({}, made.weights))
    margin = [same @ other - same @ third for same, other, third in (before, after)]
    assert margin[1] > margin[0]


def test_the_same_lines_give_the_same_weights() -> None:
    first, again = (adapt(wheel_weights(), tokenise, LESSONS, print, SHORT) for _ in range(2))
    np.testing.assert_allclose(first.weights["d3"], again.weights["d3"], atol=1e-6)
    np.testing.assert_allclose(first.head.hidden, again.head.hidden, atol=1e-6)
    for one, other in zip(first.attention.parameters(), again.attention.parameters(), strict=True):
        np.testing.assert_allclose(one.detach(), other.detach(), atol=1e-6)


def test_the_head_reads_what_it_was_taught_off_the_vectors_of_the_encoder(made: Adapted) -> None:
    assert made.head.topics == ("invoice/issue", "shipping/delay", "shipping/dispatch_time")
    assert made.head.encoder == card_of(made.weights).fingerprint
    read = made.head.log_probabilities(np.array([in_context(made.weights, lesson) for lesson in LESSONS]))
    assert [made.head.topics[place] for place in read.argmax(1)] == [lesson.topics[0] for lesson in LESSONS]


def in_context(weights: Mapping[str, np.ndarray], lesson: Lesson) -> np.ndarray:
    texts = (lesson.text, lesson.agent, lesson.buyer)
    known = iter(vectors(weights, [text for text in texts if text]))
    return np.array([next(known) if text else np.zeros(512, np.float32) for text in texts])


def test_the_attention_learns_beside_the_head(made: Adapted) -> None:
    reading = TrainableEncoder(wheel_weights() | made.weights, tokenise, dropout=0.0, lost_tokens=0.0, seed=1).eval()
    _, features, talk = reading.read([(lesson.text, lesson.agent, lesson.buyer) for lesson in LESSONS])
    read = made.attention.eval()(features, *tensors_of(talk)).argmax(1)
    assert [made.head.topics[place] for place in read] == [lesson.topics[0] for lesson in LESSONS]


@pytest.mark.usefixtures("made")
def test_each_round_is_told(told: list[str]) -> None:
    assert len(told) == 12


def test_one_topic_is_refused() -> None:
    with pytest.raises(ValueError, match="two topics"):
        adapt(wheel_weights(), tokenise, LESSONS[:2], print, SHORT)


def test_each_lesson_is_in_one_batch_of_a_round_and_beside_some_of_like_length() -> None:
    lessons = [Lesson("长" * (place % 40 + 1), "", "", ("invoice/issue",)) for place in range(200)]
    batches = _batches(lessons, Recipe(batch=10, alike=10), np.random.default_rng(1))
    assert sorted(np.concatenate(batches).tolist()) == list(range(200))
    assert max(np.ptp([len(lessons[place].text) for place in batch]) for batch in batches) < 12
