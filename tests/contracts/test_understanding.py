from __future__ import annotations

from contracts.understanding import Guess, Understanding


def test_only_what_rasa_read_is_not_degraded() -> None:
    assert not Understanding().degraded
    assert Understanding(source="retrieval").degraded


def test_a_topic_that_goes_takes_its_share_of_the_intent_along() -> None:
    read = Understanding(
        (Guess("human", 0.7), Guess("product", 0.3)), (Guess("human/request", 0.7), Guess("product/stock", 0.3))
    )
    left = read.without({"human/request"})
    assert left.topics == (Guess("product/stock", 0.3),)
    assert [guess.name for guess in left.intents] == ["product", "human"]
    assert left.intents[1].confidence == 0.0
    assert read.without(()) == read
