"""What every Encoder must do. An implementation's test class subclasses this and overrides the fixture."""

from __future__ import annotations

import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from retrieval.encoder.protocol import MAX_CHARACTERS, Encoder

TEXTS = ["在吗", "这件什么时候发货", "能开发票吗", "退货运费谁出？", "Can you ship today?", "满300减50怎么用"]


def damaged(folder: Path, copy: Path, name: str, kept: int | None) -> Path:
    """A copy of a folder in which a file is cut after `kept` bytes, or missing when that is None."""
    shutil.copytree(folder, copy)
    whole = (copy / name).read_bytes()
    (copy / name).unlink()
    if kept is not None:
        (copy / name).write_bytes(whole[:kept])
    return copy


class EncoderConformance:
    @pytest.fixture
    def encoder(self) -> Encoder:
        raise NotImplementedError

    def test_card_says_who_it_is(self, encoder: Encoder) -> None:
        card = encoder.card
        assert card.name
        assert card.licence
        assert card.dimension > 0
        assert re.fullmatch("[0-9a-f]{64}", card.fingerprint)

    def test_rows_are_unit_vectors_in_single_precision(self, encoder: Encoder) -> None:
        vectors = encoder.encode(TEXTS)
        assert vectors.shape == (len(TEXTS), encoder.card.dimension)
        assert vectors.dtype == np.float32
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)

    def test_no_texts_give_no_rows(self, encoder: Encoder) -> None:
        vectors = encoder.encode([])
        assert vectors.shape == (0, encoder.card.dimension)
        assert vectors.dtype == np.float32

    @pytest.mark.parametrize(
        "text",
        [
            "",
            " ",
            "\n\t",
            "\x00",
            "\x7f\u200b\ufeff",
            "\ud800",
            "好\udfff好",
            "👩‍👩‍👧🏽",
            "𠮷" * 3,
            "好" * 100_000,
            "a " * 50_000,
        ],
        ids=["empty", "space", "lines", "nul", "invisible", "high", "low", "emoji", "rare", "long", "long-latin"],
    )
    def test_any_text_is_safe(self, encoder: Encoder, text: str) -> None:
        vector = encoder.encode([text])[0]
        assert np.isfinite(vector).all()
        assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)

    def test_what_follows_the_cut_changes_nothing(self, encoder: Encoder) -> None:
        start = "发货" * (MAX_CHARACTERS // 2)
        np.testing.assert_array_equal(encoder.encode([start]), encoder.encode([start + "退款" * 1000]))

    def test_a_vector_does_not_depend_on_its_neighbours(self, encoder: Encoder) -> None:
        alone = np.concatenate([encoder.encode([text]) for text in TEXTS])
        np.testing.assert_allclose(encoder.encode(TEXTS), alone, atol=1e-4)

    def test_a_long_batch_keeps_its_order(self, encoder: Encoder) -> None:
        many = encoder.encode(TEXTS * 60)
        np.testing.assert_allclose(many, np.tile(encoder.encode(TEXTS), (60, 1)), atol=1e-4)

    def test_different_texts_differ(self, encoder: Encoder) -> None:
        likeness = encoder.encode(TEXTS) @ encoder.encode(TEXTS).T
        assert (likeness[~np.eye(len(TEXTS), dtype=bool)] < 0.999).all()

    def test_threads_at_once_get_their_own_vectors(self, encoder: Encoder) -> None:
        expected = {text: encoder.encode([text]) for text in TEXTS}
        with ThreadPoolExecutor(4) as pool:
            for text, vectors in zip(
                TEXTS * 10, pool.map(lambda text: encoder.encode([text]), TEXTS * 10), strict=True
            ):
                np.testing.assert_allclose(vectors, expected[text], atol=1e-4)
