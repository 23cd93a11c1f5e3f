from __future__ import annotations

import numpy as np
import pytest

from evaluation.statistics.paired import bootstrap_test, holm, sign_test


@pytest.mark.parametrize(
    ("better", "worse", "chance"),
    [
        (0, 0, 1.0),
        (1, 1, 1.0),
        (0, 6, 2 / 64),
        (6, 0, 2 / 64),
        (1, 7, 2 * (1 + 8) / 256),
    ],
)
def test_the_sign_test_by_hand(better: int, worse: int, chance: float) -> None:
    assert sign_test(better, worse) == pytest.approx(chance)


def test_the_bootstrap_test_counts_the_other_side() -> None:
    assert bootstrap_test(np.array([0.1] * 98 + [-0.1] * 2)) == pytest.approx(0.04)
    assert bootstrap_test(np.array([0.1] * 100)) == pytest.approx(0.01)
    assert bootstrap_test(np.array([0.1, -0.1])) == 1.0
    assert bootstrap_test(np.zeros(10)) == 1.0
    assert bootstrap_test(np.array([np.nan])) == 1.0


def test_holm_by_hand() -> None:
    # sorted 0.01 * 3, then 0.02 * 2, then 0.5 * 1; never below the one before
    assert holm([0.02, 0.5, 0.01]) == pytest.approx([0.04, 0.5, 0.03])
    assert holm([0.03, 0.04]) == pytest.approx([0.06, 0.06])
    assert holm([]) == []
