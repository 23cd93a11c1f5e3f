from __future__ import annotations

import numpy as np

from bot.calibration import LEAST, Calibration, sums_of

TWO = np.array([0, 1])


def rows(sure: float, right: float, count: int = 400, clauses: int = 1) -> tuple[np.ndarray, list[int], list[int]]:
    """Two classes: the first has probability `sure` and is right in the share `right` of the rows."""
    probabilities = np.tile([sure, 1 - sure], (count, 1)).astype(np.float32)
    return probabilities, [0 if place < right * count else 1 for place in range(count)], [clauses] * count


def test_what_is_too_unsure_becomes_as_sure_as_it_is_right() -> None:
    calibration = Calibration.fit(*rows(sure=0.7, right=0.9))
    assert calibration.power > 1
    np.testing.assert_allclose(calibration.apply(np.array([0.7, 0.3]), TWO), [0.9, 0.1], atol=0.01)


def test_what_is_too_sure_becomes_less_so() -> None:
    calibration = Calibration.fit(*rows(sure=0.95, right=0.7))
    np.testing.assert_allclose(calibration.apply(np.array([0.95, 0.05]), TWO), [0.7, 0.3], atol=0.01)


def test_messages_of_several_clauses_get_a_power_of_their_own() -> None:
    single, several = rows(sure=0.7, right=0.7), rows(sure=0.7, right=0.9, clauses=3)
    probabilities = np.vstack([single[0], several[0]])
    calibration = Calibration.fit(probabilities, single[1] + several[1], single[2] + several[2])
    for clauses, right in ((1, 0.7), (3, 0.9)):
        made = calibration.apply(np.array([0.7, 0.3]), TWO, clauses)
        np.testing.assert_allclose(made, [right, 1 - right], atol=0.01)


def test_without_several_clauses_none_are_counted() -> None:
    assert abs(Calibration.fit(*rows(sure=0.7, right=0.9)).growth) < 0.01


def test_the_order_stays_and_the_sum_is_one() -> None:
    row = Calibration(2.0).apply(np.array([0.5, 0.3, 0.2, 0.0]), np.arange(4))
    assert list(np.argsort(-row)) == [0, 1, 2, 3]
    assert abs(row.sum() - 1) < 1e-6


def test_parts_keep_their_share_of_their_class() -> None:
    classes = np.array([0, 0, 0, 1])
    row = Calibration(2.0).apply(np.array([0.3, 0.2, 0.1, 0.4]), classes)
    np.testing.assert_allclose(row[:3] / row[:3].sum(), [0.5, 1 / 3, 1 / 6])
    sums = sums_of(row[None], classes)[0]
    np.testing.assert_allclose(sums, [0.36 / 0.52, 0.16 / 0.52])


def test_too_few_lines_change_nothing() -> None:
    assert Calibration.fit(*rows(0.6, 0.9, count=LEAST - 1)) == Calibration()
