from __future__ import annotations

import numpy as np
import pytest

from contracts.candidate import Candidate, Scores
from contracts.errors import InputError
from desk.ranking_fit import Trial
from evaluation.learning.ranking import FEWEST, relearn
from retrieval.ranking import Weights, log_odds
from tests.doubles import make_reply

DENSE_ALONE = Weights(0.0, 5.0, 0.0, 0.0)
PRIOR_ALONE = Weights(0.0, 0.0, 0.0, 5.0)


def trials(count: int, told_by_prior: bool = True) -> list[Trial]:
    """Messages whose right topic the intent model knows, while the cosine misleads; or the other way round."""
    random, found = np.random.default_rng(3), []
    for _ in range(count):
        high, low = 0.6 + 0.3 * random.random(), 0.1 + 0.3 * random.random()
        right = Scores(low, 0.5, high) if told_by_prior else Scores(high, 0.5, low)
        wrong = Scores(high, 0.5, low) if told_by_prior else Scores(low, 0.5, high)
        candidates = tuple(
            Candidate(make_reply(topic, topic, topic=topic), topic, 0.5, scores)
            for topic, scores in (("invoice/issue", wrong), ("invoice/type", right))
        )
        rows = [(c.scores.dense, c.scores.keyword, log_odds(c.scores.prior), 0.0) for c in candidates]
        found.append(Trial(candidates, np.array(rows), np.array([False, True])))
    return found


def names(count: int) -> list[str]:
    return [f"c{place}" for place in range(count)]


def test_a_ranking_that_is_better_on_what_it_has_not_seen_is_proven() -> None:
    found = relearn(trials(60), names(60), DENSE_ALONE)
    assert (found.now, found.learnt, found.better, found.worse) == (0.0, 1.0, 60, 0)
    assert found.proven
    assert found.weights.prior > 0


def test_one_that_is_as_good_is_not() -> None:
    found = relearn(trials(60), names(60), PRIOR_ALONE)
    assert (found.now, found.learnt) == (1.0, 1.0)
    assert not found.proven


def test_noise_proves_nothing() -> None:
    mixed = [item for pair in zip(trials(40), trials(40, told_by_prior=False), strict=True) for item in pair]
    found = relearn(mixed, names(80), PRIOR_ALONE)
    assert not found.proven


def test_few_decisions_teach_nothing() -> None:
    with pytest.raises(InputError, match=f"{FEWEST - 1} labelled decisions are too few"):
        relearn(trials(FEWEST - 1), names(FEWEST - 1), DENSE_ALONE)
    with pytest.raises(InputError, match="too few"):
        relearn(trials(FEWEST), ["c1"] * FEWEST, DENSE_ALONE)


def test_decisions_that_are_all_alike_teach_nothing() -> None:
    alike = [Trial(item.candidates[1:], item.parts[1:], item.right[1:]) for item in trials(60)]
    with pytest.raises(InputError, match="nothing can be learnt"):
        relearn(alike, names(60), DENSE_ALONE)
