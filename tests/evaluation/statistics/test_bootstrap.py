from __future__ import annotations

import numpy as np
import pytest

from evaluation.statistics.bootstrap import Draws, interval
from evaluation.statistics.values import Mean


def test_the_same_seed_draws_the_same() -> None:
    first = np.concatenate(list(Draws(5, times=20).counts()))
    assert first.shape == (20, 5)
    assert (first.sum(axis=1) == 5).all()
    assert (first == np.concatenate(list(Draws(5, times=20).counts()))).all()
    assert not (first == np.concatenate(list(Draws(5, times=20, seed=1).counts()))).all()


def test_means_drawn_together_are_those_drawn_alone() -> None:
    groups, scores = np.array([0, 0, 1, 2, 2, 2]), np.array([1.0, 0, 1, 0, 0, 1])
    draws = Draws(3, times=50)
    sums = np.bincount(groups, scores)[:, None]
    sizes = np.bincount(groups).astype(np.float64)[:, None]
    assert draws.of_means(sums, sizes)[:, 0] == pytest.approx(draws.of(Mean(scores), groups))


def test_turns_of_one_dialogue_are_drawn_together() -> None:
    """Ten dialogues of ten like turns are worth ten cases, not a hundred."""
    groups = np.repeat(np.arange(10), 10)
    scores = np.repeat([1.0, 0] * 5, 10)
    clustered = interval(Draws(10).of(Mean(scores), groups))
    single = interval(Draws(100).of(Mean(scores), np.arange(100)))
    assert clustered is not None
    assert single is not None
    assert clustered.high - clustered.low > 2 * (single.high - single.low)


def test_an_interval_covers_the_truth_about_as_often_as_it_says() -> None:
    random, covered = np.random.default_rng(1), 0
    for _ in range(100):
        scores = (random.random(80) < 0.7).astype(np.float64)
        found = interval(Draws(80, times=300).of_means(scores[:, None], np.ones((80, 1)))[:, 0])
        assert found is not None
        covered += found.low <= 0.7 <= found.high
    assert 86 <= covered <= 100


def test_what_most_draws_do_not_define_has_no_interval() -> None:
    assert interval(np.array([0.5] * 8 + [np.nan] * 2)) is None
    assert interval(np.array([])) is None
    found = interval(np.array([0.5] * 19 + [np.nan]))
    assert found is not None
    assert (found.low, found.high) == (0.5, 0.5)
