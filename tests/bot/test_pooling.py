from __future__ import annotations

import numpy as np
import pytest

from bot.pooling import Pooling

TOPICS = ["invoice/issue", "shipping/delay", "thanks/thanks"]


def row(*values: float) -> np.ndarray:
    return np.array(values, dtype=np.float32)


def test_one_clause_leaves_the_reading_as_it_is() -> None:
    whole = row(0.2, 0.7, 0.1)
    assert Pooling().join(whole, np.empty((0, 3), dtype=np.float32), TOPICS) is whole


def test_both_questions_of_a_message_are_kept() -> None:
    whole = row(0.05, 0.9, 0.05)
    clauses = np.stack([row(0.02, 0.96, 0.02), row(0.95, 0.03, 0.02)])
    joined = Pooling().join(whole, clauses, TOPICS)
    assert joined.sum() == pytest.approx(1.0)
    assert joined[1] > joined[0] > 3 * whole[0]


def test_a_question_comes_before_the_thanks_beside_it() -> None:
    whole = row(0.0, 0.45, 0.55)
    clauses = np.stack([row(0.0, 0.9, 0.1), row(0.0, 0.02, 0.98)])
    joined = Pooling().join(whole, clauses, TOPICS)
    assert joined.argmax() == 1
