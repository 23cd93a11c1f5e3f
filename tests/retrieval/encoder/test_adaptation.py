from __future__ import annotations

import numpy as np
import pytest

from retrieval.encoder.adaptation import Recipe, adapt
from retrieval.encoder.adapted import wheel_weights
from retrieval.encoder.embedded import tokeniser
from retrieval.encoder.lesson import Lesson
from retrieval.encoder.network import Network

LESSONS = [
    Lesson("能开票吗", "", "", ("invoice/issue",)),
    Lesson("发票怎么弄", "您好", "", ("invoice/issue",)),
    Lesson("啥时候发", "", "", ("shipping/dispatch_time",)),
    Lesson("今天能寄走不", "在的亲", "在吗", ("shipping/dispatch_time", "shipping/delay")),
]
SHORT = Recipe(epochs=3, batch=2, warm_up=1)


def tokenise(text: str) -> list[int]:
    return list(tokeniser().encode(text, out_type=int, add_bos=True, add_eos=True))


def vectors(weights: dict[str, np.ndarray], texts: list[str]) -> np.ndarray:
    found = Network(wheel_weights() | weights).eval()([np.array(tokenise(text)) for text in texts])
    return np.asarray(found.detach())


def test_lines_of_one_topic_come_nearer_and_those_of_two_go_apart() -> None:
    texts = ["能开票吗", "发票怎么弄", "啥时候发"]
    before, after = (
        vectors(weights, texts) for weights in ({}, adapt(wheel_weights(), tokenise, LESSONS, print, SHORT))
    )
    margin = [same @ other - same @ third for same, other, third in (before, after)]
    assert margin[1] > margin[0]


def test_the_same_lines_give_the_same_weights() -> None:
    first, again = (adapt(wheel_weights(), tokenise, LESSONS, print, SHORT) for _ in range(2))
    np.testing.assert_allclose(first["d3"], again["d3"], atol=1e-6)


def test_each_round_is_told() -> None:
    told: list[str] = []
    adapt(wheel_weights(), tokenise, LESSONS, told.append, SHORT)
    assert len(told) == SHORT.epochs


def test_one_topic_is_refused() -> None:
    with pytest.raises(ValueError, match="two topics"):
        adapt(wheel_weights(), tokenise, LESSONS[:2], print, SHORT)
