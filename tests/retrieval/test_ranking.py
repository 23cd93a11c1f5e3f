from __future__ import annotations

from collections.abc import Sequence

import pytest

from contracts.candidate import Candidate, Scores
from contracts.understanding import Guess
from retrieval.ranking import Selection, Variety, Weights, prior_of, topic_priors
from tests.doubles import make_reply

WEIGHTS = Weights()


def _candidate(
    name: str,
    confidence: float,
    topic: str = "invoice/issue",
    text: str = "",
    dense: float = 0.0,
    missing: tuple[str, ...] = (),
) -> Candidate:
    reply = make_reply(name, text or name, topic=topic)
    return Candidate(reply, text or name, confidence, Scores(dense=dense), missing)


def _shown(candidates: Sequence[Candidate], k: int, variety: Variety | None = None) -> list[str]:
    """The ids of the first `k`, each accepted as it is handed out."""
    selection = Selection(candidates, variety or Variety())
    names: list[str] = []
    while len(names) < k and (candidate := selection.next()) is not None:
        selection.accept(candidate)
        names.append(candidate.reply.id)
    return names


@pytest.mark.parametrize("part", ["dense", "keyword", "prior"])
def test_every_part_raises_the_confidence(part: str) -> None:
    low, high = (WEIGHTS.confidence(Scores(**{"dense": 0.5, "keyword": 0.5, "prior": 0.5, part: at})) for at in (0, 1))
    assert 0 < low < high < 1


def test_nothing_found_is_not_trusted_and_everything_found_is() -> None:
    assert WEIGHTS.confidence(Scores()) < 0.1
    assert WEIGHTS.confidence(Scores(1, 1, 1)) > 0.9


def test_priors_are_of_topics_or_else_of_intents() -> None:
    intents = [Guess("invoice", 0.9), Guess("greet", 0.1)]
    by_topic = topic_priors([Guess("invoice/title", 0.7)], intents)
    by_intent = topic_priors([], intents)
    assert prior_of("invoice/title", by_topic) == 0.7
    assert prior_of("invoice/issue", by_topic) == 0.0
    assert prior_of("invoice/issue", by_intent) == 0.9
    assert prior_of("returns/how", by_intent) == 0.0
    assert topic_priors([], []) == {}


def test_the_most_confident_first() -> None:
    candidates = [_candidate("a.low", 0.3), _candidate("b.high", 0.9, "greet/hello"), _candidate("c.mid", 0.5, "x/y")]
    assert _shown(candidates, 3) == ["b.high", "c.mid", "a.low"]


def test_topics_are_spread() -> None:
    candidates = [
        _candidate("a.first", 0.90),
        _candidate("a.second", 0.85),
        _candidate("b.first", 0.60, topic="invoice/title"),
        _candidate("c.first", 0.02, topic="greet/hello"),
    ]
    assert _shown(candidates, 3) == ["a.first", "b.first", "a.second"]
    assert _shown(candidates, 3, Variety(repeat=1)) == ["a.first", "a.second", "b.first"]


def test_only_what_is_accepted_counts_as_shown() -> None:
    selection = Selection([_candidate("a.first", 0.9), _candidate("a.second", 0.8), _candidate("b.first", 0.5, "x/y")])
    handed = [selection.next(), selection.next()]
    assert [candidate.reply.id for candidate in handed if candidate] == ["a.first", "a.second"]


def test_of_equally_confident_ones_the_closer_first() -> None:
    assert _shown([_candidate("a.far", 0.5, dense=0.1), _candidate("a.near", 0.5, dense=0.9)], 1) == ["a.near"]


def test_one_with_an_unfilled_slot_ranks_down() -> None:
    lacking = _candidate("a.slot", 0.55, text="{order.eta}到", missing=("order.eta",))
    assert _shown([lacking, _candidate("b.plain", 0.5, "x/y")], 2) == ["b.plain", "a.slot"]


def test_the_same_text_is_shown_once() -> None:
    candidates = [
        _candidate("a.a", 0.9, text="可以"),
        _candidate("b.b", 0.8, "x/y", text="可以"),
        _candidate("c.c", 0.1),
    ]
    assert _shown(candidates, 3) == ["a.a", "c.c"]


def test_a_twin_of_one_that_was_refused_is_still_offered() -> None:
    selection = Selection([_candidate("a.a", 0.9, text="可以"), _candidate("b.b", 0.8, text="可以")])
    assert [candidate.reply.id for candidate in (selection.next(), selection.next()) if candidate] == ["a.a", "b.b"]


def test_each_is_handed_out_once_and_then_there_is_none() -> None:
    candidates = [_candidate("a.a", 0.9), _candidate("b.b", 0.8)]
    selection = Selection(candidates)
    assert {candidate.reply.id for candidate in (selection.next(), selection.next()) if candidate} == {"a.a", "b.b"}
    assert selection.next() is None
    assert Selection([]).next() is None
    assert len(candidates) == 2
