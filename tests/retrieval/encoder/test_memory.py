from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from retrieval.encoder.memory import BATCH, LONGEST_KEPT, RememberingEncoder
from retrieval.encoder.protocol import Encoder
from tests.doubles import LetterEncoder
from tests.retrieval.encoder.conformance import EncoderConformance


class Counting(LetterEncoder):
    """Remembers what it was asked to encode."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked.extend(texts)
        return super().encode(texts)


class TestRememberingEncoder(EncoderConformance):
    @pytest.fixture
    def encoder(self, embedded: Encoder) -> Encoder:
        return RememberingEncoder(embedded)


def test_a_text_is_encoded_once() -> None:
    inner = Counting()
    encoder = RememberingEncoder(inner)
    first = encoder.encode(["发票", "发货", "发票"])
    second = encoder.encode(["发货", "退款"])
    assert inner.asked == ["发票", "发货", "退款"]
    np.testing.assert_array_equal(first[1], second[0])


def test_what_a_caller_does_to_its_vectors_stays_with_the_caller() -> None:
    encoder = RememberingEncoder(Counting())
    encoder.encode(["发票"])[:] = 0
    assert encoder.encode(["发票"]).any()


def test_long_texts_and_batches_are_not_kept() -> None:
    inner = Counting()
    encoder = RememberingEncoder(inner)
    for _ in range(2):
        encoder.encode(["好" * (LONGEST_KEPT + 1)])
        encoder.encode([str(number) for number in range(BATCH + 1)])
    assert len(inner.asked) == 2 * (1 + BATCH + 1)


def test_the_oldest_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("retrieval.encoder.memory.KEPT", 2)
    inner = Counting()
    encoder = RememberingEncoder(inner)
    for text in ("一", "二", "一", "三", "一", "二"):
        encoder.encode([text])
    assert inner.asked == ["一", "二", "三", "二"]
