from __future__ import annotations

import importlib.metadata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from threadpoolctl import threadpool_info

from contracts.errors import SetupNeeded
from retrieval.encoder import embedded
from retrieval.encoder.embedded import CARD, EmbeddedEncoder
from tests.retrieval.encoder.conformance import EncoderConformance


@pytest.fixture(scope="module")
def loaded() -> EmbeddedEncoder:
    return EmbeddedEncoder.from_wheel(threads=2)


def numpy_threads() -> set[int]:
    return {library["num_threads"] for library in threadpool_info() if "numpy" in library["filepath"]}


class TestEmbeddedEncoder(EncoderConformance):
    @pytest.fixture
    def encoder(self, loaded: EmbeddedEncoder) -> EmbeddedEncoder:
        return loaded


def test_card_allows_business(loaded: EmbeddedEncoder) -> None:
    assert loaded.card == CARD
    assert (CARD.licence, CARD.business_use, CARD.dimension) == ("Apache-2.0", True, 512)


def test_like_questions_are_nearer_than_others(loaded: EmbeddedEncoder) -> None:
    asked, same, other = loaded.encode(["什么时候发货", "多久能发出来", "能开发票吗"])
    assert asked @ same > asked @ other + 0.1


def test_numpy_stays_on_one_thread_whoever_calls(loaded: EmbeddedEncoder) -> None:
    with ThreadPoolExecutor(4) as pool:
        for _ in pool.map(lambda size: loaded.encode(["在吗"] * size), [1, 200] * 10):
            assert numpy_threads() == {1}
    assert numpy_threads() == {1}


def test_the_model_is_not_asked_for_nothing() -> None:
    class Refusing:
        def encode(self, texts: list[str]) -> Any:
            raise AssertionError(texts)

    assert EmbeddedEncoder(Refusing(), threads=2).encode([]).shape == (0, 512)


def test_installed_wheel_is_the_pinned_one() -> None:
    assert embedded.verify() == CARD


def test_changed_or_missing_weights_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SetupNeeded, match=r"weights\.npz is missing"):
        embedded.verify_files(tmp_path)
    for name in embedded.SHA256:
        (tmp_path / name).write_bytes(b"other")
    with pytest.raises(SetupNeeded, match=r"weights\.npz is not the file that was published"):
        embedded.verify_files(tmp_path)


def test_another_version_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.metadata, "version", lambda _: "9.9")
    with pytest.raises(SetupNeeded, match=r"version 9\.9"):
        EmbeddedEncoder.from_wheel(threads=1)


def test_missing_wheel_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded, "DISTRIBUTION", "no-such-package")
    with pytest.raises(SetupNeeded, match="huashu setup"):
        embedded.verify()


def test_vectors_are_those_the_fingerprint_stands_for(loaded: EmbeddedEncoder) -> None:
    np.testing.assert_allclose(loaded.encode(["什么时候发货"])[0][:3], [0.050128, 0.009215, -0.027346], atol=1e-4)
