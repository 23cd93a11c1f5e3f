from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse  # type: ignore[import-untyped]

from compliance.learnt import fitting
from compliance.learnt.fitting import breach_weights, rule_weights
from learning.rows import Rows
from learning.vocabulary import Floats

LINES = 60
RULE = np.arange(LINES) % 4
BREACH = np.arange(LINES) % 3 == 0
OWN, RIDGE = 0.7, 0.1


@pytest.fixture
def rows() -> Rows:
    random = np.random.default_rng(1)
    tokens = sparse.random(LINES, 40, 0.2, "csr", np.float32, random)
    return Rows(tokens, random.normal(size=(LINES, 5)).astype(np.float32) * 0.3 + BREACH[:, None])


def _whole(rows: Rows) -> Floats:
    tokens = rows.tokens.toarray()
    whole: Floats = tokens @ tokens.T + rows.dense @ rows.dense.T + 1
    return whole


def test_products_are_those_of_tokens_vectors_and_bias(rows: Rows) -> None:
    whole = _whole(rows)
    assert rows.products(rows) == pytest.approx(whole, abs=1e-4)
    assert rows.squares() == pytest.approx(whole.diagonal(), abs=1e-4)
    weights = np.linspace(-1, 1, LINES, dtype=np.float32)
    assert rows.product()(weights) == pytest.approx(whole @ weights, abs=1e-3)


def test_the_rule_is_fitted_as_by_least_squares(rows: Rows) -> None:
    labels = np.eye(4, dtype=np.float32)[RULE]
    expected = np.linalg.solve(_whole(rows) + np.eye(LINES), labels)
    weights = rule_weights(rows, labels, 1.0)
    assert _whole(rows) @ weights == pytest.approx(_whole(rows) @ expected, abs=5e-3)


def test_lines_that_are_the_same_stand_in_no_ones_way(rows: Rows) -> None:
    places = np.r_[np.arange(LINES), np.zeros(LINES, dtype=np.intp)]
    labels = np.eye(4, dtype=np.float32)[RULE[places]]
    for ridge in (1.0, 0.0):
        weights = rule_weights(rows[places], labels, ridge)
        told = (_whole(rows)[:, places] @ weights).argmax(axis=1)
        assert (told == RULE).mean() > 0.8


def test_a_matrix_that_is_hardly_positive_gets_more_on_its_diagonal() -> None:
    matrix = np.eye(3)
    matrix[2, 2] = -5e-6
    factor, lower = fitting._factor(matrix.copy())
    triangle = np.tril(factor) if lower else np.triu(factor)
    product = triangle @ triangle.T if lower else triangle.T @ triangle
    assert product == pytest.approx(np.diag(np.diag(matrix)), abs=1e-4)
    with pytest.raises(np.linalg.LinAlgError):
        fitting._factor(np.diag([1.0, 1.0, -1.0]))


def test_with_few_landmarks_the_other_lines_weigh_nothing(rows: Rows, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fitting, "LANDMARKS", 45)
    labels = np.eye(4, dtype=np.float32)[RULE]
    weights = rule_weights(rows, labels, 1.0)
    assert (np.abs(weights).sum(axis=1) > 0).sum() == 45
    right = ((_whole(rows) @ weights).argmax(axis=1) == RULE).mean()
    assert right > 0.8


def test_the_breach_is_fitted_as_by_a_logistic_regression(rows: Rows) -> None:
    """At its least, the penalised loss has no slope: each weight is what its line is wrong by, over the ridge."""
    kernel = _whole(rows) * (1 + OWN * (RULE[:, None] == RULE[None, :]))
    weights = breach_weights(rows, RULE, BREACH, OWN, RIDGE)
    chances = 1 / (1 + np.exp(-(kernel @ weights)))
    assert RIDGE * weights == pytest.approx(BREACH - chances, abs=0.03)
    assert ((chances > 0.5) == BREACH).mean() > 0.9
