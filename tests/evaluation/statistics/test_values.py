from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import f1_score, roc_auc_score

from evaluation.statistics.values import (
    Auroc,
    Bin,
    CalibrationError,
    CoverageAt,
    MacroF1,
    Mean,
    Quantile,
    Sending,
    Value,
    calibration,
)


def reals(*values: float) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.array(values, dtype=np.float64)


def yes(*values: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    return np.array(values, dtype=bool)


def even(count: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.ones(count)


def test_the_mean_goes_by_weight() -> None:
    assert Mean(reals(1, 0, 0, 1)).at(even(4)) == 0.5
    assert Mean(reals(1, 0, 0, 1)).at(reals(3, 1, 0, 0)) == 0.75


def test_macro_f1_by_hand() -> None:
    # class 0: precision 2/3, recall 2/2, F1 0.8; class 1: 1/1, 1/2, 2/3; class 2: nothing found, 0
    value = MacroF1(np.array([0, 0, 1, 1, 2]), np.array([0, 0, 1, 0, 3]))
    assert value.at(even(5)) == pytest.approx((0.8 + 2 / 3 + 0) / 3)


def test_macro_f1_takes_the_classes_of_the_whole_sample_however_it_is_drawn() -> None:
    value = MacroF1(np.array([0, 0, 1]), np.array([0, 0, 1]))
    assert value.at(reals(1, 1, 0)) == 0.5


def test_auroc_by_hand() -> None:
    # pairs of one positive and one other: (0.9, 0.8) (0.9, 0.1) right, (0.3, 0.8) wrong, (0.3, 0.1) right
    assert Auroc(yes(1, 0, 1, 0), reals(0.9, 0.8, 0.3, 0.1)).at(even(4)) == 0.75
    assert Auroc(yes(1, 0), reals(0.5, 0.5)).at(even(2)) == 0.5


@pytest.mark.parametrize("positive", [yes(1, 1), yes(0, 0)])
def test_one_class_has_no_auroc(positive: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> None:
    assert np.isnan(Auroc(positive, reals(0.1, 0.9)).at(even(2)))


def test_calibration_by_hand() -> None:
    confidences, right = reals(0.95, 0.85, 0.81, 1.0), reals(1, 0, 1, 1)
    assert calibration(confidences, right, even(4)) == (
        Bin(2, pytest.approx(0.83), 0.5),
        Bin(2, pytest.approx(0.975), 1.0),
    )
    # |0.83 - 0.5| * 2/4 + |0.975 - 1| * 2/4
    assert CalibrationError(confidences, right).at(even(4)) == pytest.approx(0.165 + 0.0125)


def test_a_quantile_is_a_value_that_was_seen() -> None:
    times = Quantile(reals(40, 10, 30, 20), 0.5)
    assert times.at(even(4)) == 20
    assert times.at(reals(5, 1, 1, 1)) == 40
    assert Quantile(reals(*range(1, 101)), 0.99).at(even(100)) == 99


SENDING = Sending(
    may=yes(1, 1, 1, 0, 1),
    confidences=reals(0.9, 0.8, 0.7, 0.99, 0.6),
    right=reals(1, 0, 1, 1, 1),
    asks=yes(1, 0, 1, 1, 1),
)


def test_precision_against_coverage_by_hand() -> None:
    tradeoff = SENDING.tradeoff(even(5))
    assert tradeoff.thresholds.tolist() == [0.9, 0.8, 0.7, 0.6]
    assert tradeoff.precision == pytest.approx([1, 1 / 2, 2 / 3, 3 / 4])
    assert tradeoff.coverage == pytest.approx([1 / 4, 1 / 4, 2 / 4, 3 / 4])
    assert tradeoff.reaching(0.75) == 3
    assert tradeoff.reaching(0.98) == 0


def test_equal_confidences_are_sent_together() -> None:
    both = Sending(yes(1, 1), reals(0.9, 0.9), reals(1, 0), yes(1, 1))
    assert both.tradeoff(even(2)).precision.tolist() == [0.5]


def test_the_most_coverage_at_a_precision() -> None:
    assert CoverageAt(SENDING, 0.75).at(even(5)) == 0.75
    assert CoverageAt(SENDING, 0.9).at(even(5)) == 0.25
    assert CoverageAt(SENDING, 0.9).at(reals(0, 1, 1, 1, 1)) == 0.0


VALUES: list[Value] = [
    Mean(reals(1, 0)),
    MacroF1(np.array([0, 1]), np.array([0, 1])),
    Auroc(yes(1, 0), reals(0.9, 0.1)),
    CalibrationError(reals(0.9, 0.1), reals(1, 0)),
    Quantile(reals(1, 2), 0.5),
    CoverageAt(Sending(yes(1, 1), reals(0.9, 0.8), reals(1, 1), yes(1, 1)), 0.9),
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_nothing_that_weighs_is_no_perfect_score(value: Value) -> None:
    assert np.isnan(value.at(np.zeros(2)))


WHOLE = [
    lambda: Mean(reals(1, 0, 1, 0, 1)),
    lambda: MacroF1(np.array([0, 1, 1, 2, 0]), np.array([0, 1, 0, 2, 1])),
    lambda: CalibrationError(reals(0.9, 0.2, 0.5, 0.7, 0.95), reals(1, 0, 1, 0, 1)),
    lambda: Quantile(reals(5, 3, 1, 4, 2), 0.5),
]


@pytest.mark.parametrize("make", WHOLE)
@given(counts=st.lists(st.integers(0, 3), min_size=5, max_size=5).filter(any))
def test_a_row_that_weighs_two_is_two_rows(make: type[Mean], counts: list[int]) -> None:
    value = make()
    rows = np.repeat(np.arange(5), counts)
    repeated = type(value)(
        *(part[rows] if isinstance(part, np.ndarray) else part for part in vars(value).values() if part is not None)
    )
    weighed = value.at(np.array(counts, dtype=np.float64))
    if not isinstance(value, MacroF1) or set(value.truth[rows]) == set(value.truth):
        assert weighed == pytest.approx(repeated.at(np.ones(len(rows))))


@pytest.mark.parametrize("seed", range(20))
def test_f1_and_auroc_are_those_of_scikit_learn(seed: int) -> None:
    random = np.random.default_rng(seed)
    truth, guesses = random.integers(0, 5, 60), random.integers(0, 6, 60)
    weights = random.integers(0, 3, 60).astype(np.float64)
    wanted = f1_score(truth, guesses, labels=np.unique(truth), average="macro", sample_weight=weights, zero_division=0)
    assert MacroF1(truth, guesses).at(weights) == pytest.approx(wanted)
    positive, scores = truth == 0, np.round(random.random(60), 1)
    assert Auroc(positive, scores).at(weights) == pytest.approx(roc_auc_score(positive, scores, sample_weight=weights))
