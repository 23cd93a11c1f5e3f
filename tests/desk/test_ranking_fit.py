from __future__ import annotations

import numpy as np
import pytest

from contracts.candidate import Candidate, Scores
from contracts.errors import ServiceDown
from contracts.platform import Platform
from contracts.turn import Inquiry
from contracts.understanding import Guess, Understanding
from desk.ranking_fit import WAYS, Labelled, Trial, compare, fit, reliability, trial
from desk.understand import NoReader
from retrieval.library import Library
from retrieval.ranking import Weights, log_odds
from tests.desk.conftest import MakeSuggester
from tests.doubles import FixedReader, make_reply

TOPICS = ("invoice/issue", "invoice/title", "shipping/eta")
EVEN = Weights(0.0, 1.0, 1.0, 1.0)


def _trial(right: str, *scores: Scores) -> Trial:
    """A message whose candidates, one for each topic, have these scores."""
    candidates = tuple(
        Candidate(make_reply(topic, topic, topic=topic), topic, 0.5, score)
        for topic, score in zip(TOPICS, scores, strict=True)
    )
    rows = [(score.dense, score.keyword, log_odds(score.prior), log_odds(0.5)) for score in scores]
    return Trial(candidates, np.array(rows, dtype=float).reshape(-1, 4), np.array([topic == right for topic in TOPICS]))


def _told_by_prior(count: int) -> list[Trial]:
    """Messages in which the topic's probability is right and the cosine misleads."""
    wrong, good = Scores(0.9, 0.5, 0.1), Scores(0.2, 0.5, 0.8)
    return [_trial(TOPICS[1], wrong, good, wrong) for _ in range(count)]


def test_a_trial_has_the_best_candidate_of_each_topic(make_suggester: MakeSuggester) -> None:
    library = Library(
        (
            make_reply("a.one", "可以开票", "能开票吗", topic="invoice/issue"),
            make_reply("a.two", "开票很快", "开票要多久", topic="invoice/issue"),
            make_reply("b.one", "抬头发我", "抬头怎么填", topic="invoice/title"),
        )
    )
    read = Understanding((Guess("invoice", 0.9),), (Guess("invoice/issue", 0.7), Guess("invoice/title", 0.2)))
    found = trial(
        make_suggester(library, FixedReader(read)),
        Labelled(Inquiry("能开票吗", Platform.TMALL), frozenset({"invoice/issue"})),
    )
    assert [candidate.reply.id for candidate in found.candidates] == ["a.one", "b.one"]
    assert found.right.tolist() == [True, False]
    assert found.parts.shape == (2, 4)
    assert found.parts[0, 2] == pytest.approx(log_odds(0.7))
    assert found.parts[:, 3] == pytest.approx([log_odds(0.9)] * 2)


def test_what_tells_right_from_wrong_gets_the_weight() -> None:
    weights = fit(_told_by_prior(20))
    good, wrong = Scores(0.2, 0.5, 0.8), Scores(0.9, 0.5, 0.1)
    assert weights.prior > 0
    assert weights.dense < 0
    assert weights.confidence(good) > 0.9
    assert weights.confidence(wrong) < 0.1


def test_ways_are_compared_on_what_they_were_not_fitted_on() -> None:
    figures = {row.way: row for row in compare(_told_by_prior(20))}
    assert set(figures) == {way.name for way in WAYS}
    assert figures["fused, topic prior"].first == 1.0
    assert figures["keyword only"].first == 0.0  # all equal: the first topic stays first, and it is wrong
    assert figures["keyword only"].among == 1.0


def test_a_message_without_candidates_counts_as_missed() -> None:
    nothing = Trial((), np.zeros((0, 4)), np.zeros(0, dtype=bool))
    tested = [*_told_by_prior(3), nothing]
    best = compare(_told_by_prior(10), tested)[-1]
    assert (best.first, best.among) == (0.75, 0.75)


def test_reliability_counts_messages_by_the_confidence_of_their_best() -> None:
    trials = [
        _trial(TOPICS[0], Scores(1, 1, 0.9), Scores(0, 0, 0.05), Scores(0, 0, 0.05)),
        _trial(TOPICS[1], Scores(1, 1, 0.9), Scores(0, 0, 0.05), Scores(0, 0, 0.05)),
        _trial(TOPICS[2], Scores(0, 0, 0.05), Scores(0, 0, 0.05), Scores(0.1, 0, 0.05)),
    ]
    assert reliability(trials, EVEN, (0.0, 0.5)) == [(0.0, 1, 1.0), (0.5, 2, 0.5)]


def test_without_the_intent_model_nothing_is_fitted(make_suggester: MakeSuggester) -> None:
    library = Library((make_reply("a.one", "可以开票", "能开票吗"),))
    with pytest.raises(ServiceDown):
        trial(
            make_suggester(library, NoReader()),
            Labelled(Inquiry("能开票吗", Platform.TMALL), frozenset({"invoice/issue"})),
        )
