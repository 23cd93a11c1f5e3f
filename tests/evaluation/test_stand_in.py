from __future__ import annotations

import numpy as np
import pytest

from evaluation.stand_in import JITTER, StandInEncoder
from tests.doubles import LetterEncoder

TEXTS = [f"第{number}个" for number in range(40)]


def test_the_first_texts_are_encoded() -> None:
    stand_in = StandInEncoder(LetterEncoder(), most=25)
    vectors = np.concatenate([stand_in.encode(TEXTS[:20]), stand_in.encode(TEXTS[20:])])
    assert stand_in.given == 25
    np.testing.assert_array_equal(stand_in.real(), vectors[:25])
    assert stand_in.card == LetterEncoder().card
    np.testing.assert_array_equal(vectors[:25], LetterEncoder().encode(TEXTS[:25]))
    assert not np.allclose(vectors[25:], LetterEncoder().encode(TEXTS[25:]), atol=0.05)


def test_the_rest_lies_near_a_real_one() -> None:
    stand_in = StandInEncoder(LetterEncoder(dimension=512), most=20)
    vectors = np.concatenate([stand_in.encode(TEXTS[:30]), stand_in.encode(TEXTS[30:])])
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    nearest = (vectors[20:] @ vectors[:20].T).max(axis=1)
    assert nearest == pytest.approx(1 / np.sqrt(1 + JITTER**2), abs=0.05)
    assert len(np.unique(vectors[20:], axis=0)) == 20


def test_all_may_be_encoded() -> None:
    stand_in = StandInEncoder(LetterEncoder(), most=1000)
    np.testing.assert_array_equal(stand_in.encode(TEXTS), LetterEncoder().encode(TEXTS))


def test_what_is_known_is_not_encoded_again() -> None:
    known = np.flip(LetterEncoder().encode(TEXTS[:10]), axis=0)
    stand_in = StandInEncoder(LetterEncoder(), 25, known)
    vectors = np.concatenate([stand_in.encode(TEXTS[:7]), stand_in.encode(TEXTS[7:])])
    np.testing.assert_array_equal(vectors[:10], known)
    np.testing.assert_array_equal(vectors[10:25], LetterEncoder().encode(TEXTS[10:25]))
    np.testing.assert_array_equal(stand_in.real(), vectors[:25])
