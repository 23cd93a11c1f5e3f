from __future__ import annotations

import numpy as np
import pytest

from compliance.learnt.head import ASKED_LENGTH, SAID_LENGTH, Head, columns_of

ONE, HALF = np.array([1.0], dtype=np.float32), np.array([0.5], dtype=np.float32)


def head() -> Head:
    """One number a vector, one of the state, one hidden; two rules."""
    return Head(
        ("ca", "cb"),
        {
            "state": np.array([[2.0], [3.0]], dtype=np.float32),
            "state_bias": np.array([1.0], dtype=np.float32),
            "hidden": np.array([[1.0], [1.0], [1.0]], dtype=np.float32),
            "hidden_bias": np.array([-20.0], dtype=np.float32),
            "rule": np.array([[1, 0], [0, 1], [0, 0], [0, 0]], dtype=np.float32),
            "rule_bias": np.array([0.0, 0.5], dtype=np.float32),
            "breach": np.array([[0, 0], [0, 0], [1, 0], [0, 1]], dtype=np.float32),
            "breach_bias": np.zeros(2, dtype=np.float32),
        },
    )


def test_each_layer_does_its_part() -> None:
    scores = head().scores(ONE, HALF, ["cb", "cunknown"])
    assert scores.rule == pytest.approx([SAID_LENGTH, 0.5 * ASKED_LENGTH + 0.5])
    assert scores.breach == pytest.approx([4.0, max(0.0, SAID_LENGTH + 0.5 * ASKED_LENGTH + 4.0 - 20.0)])


def test_nothing_known_and_nothing_asked_is_no_fault() -> None:
    scores = head().scores(ONE, np.zeros_like(ONE), [])
    assert scores.rule[1] == pytest.approx(0.5)
    assert scores.breach == pytest.approx([1.0, 0.0])


def test_columns_are_found_by_name() -> None:
    assert columns_of(["cb", "cc"], ("ca", "cb")).tolist() == [False, True]
