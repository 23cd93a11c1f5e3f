from __future__ import annotations

from collections.abc import Iterable

import pytest

from contracts.candidate import Candidate, Scores
from contracts.clause import Severity
from contracts.finding import Finding, Verdict
from contracts.understanding import Guess, Understanding
from desk.choosing import MOST_CHECKED, Chosen, choose
from desk.settings import SuggestSettings
from tests.doubles import make_reply

LIMITS = SuggestSettings()
STOPPED = Verdict((Finding("all.invoice.free", Severity.BLOCK, (0, 1), "不能加钱", ""),))


def _candidate(topic: str, confidence: float, text: str = "", name: str = "") -> Candidate:
    text = text or topic
    return Candidate(make_reply(name or topic, text, topic=topic), text, confidence, Scores())


def _read_as(intent: str, probability: float = 0.5) -> Understanding:
    return Understanding((Guess(intent, probability),))


def _fine(_: str) -> Verdict:
    return Verdict()


def _no_surcharge(text: str) -> Verdict:
    return STOPPED if "surcharge" in text else Verdict()


def _ids(chosen: Chosen) -> list[str]:
    return [item.candidate.reply.id for item in chosen.suggestions]


def _chosen(intent: str, confidences: Iterable[tuple[str, float]]) -> list[str]:
    best_first = sorted((_candidate(*each) for each in confidences), key=lambda one: -one.confidence)
    return _ids(choose(best_first, _read_as(intent), _fine, LIMITS, 3))


@pytest.mark.parametrize(
    ("read", "offered"),
    [
        ({"thanks": 0.45, "affirm": 0.25, "invoice": 0.3}, ["thanks/thanks"]),
        ({"thanks": 0.3, "affirm": 0.2, "invoice": 0.5}, ["invoice/issue", "thanks/thanks"]),
        ({"human": 0.7, "invoice": 0.3}, ["thanks/thanks", "invoice/issue"]),
        ({}, ["invoice/issue", "thanks/thanks"]),
    ],
)
def test_no_business_reply_where_most_likely_nothing_is_asked(read: dict[str, float], offered: list[str]) -> None:
    candidates = [_candidate("thanks/thanks", 0.5), _candidate("invoice/issue", 0.4)]
    understanding = Understanding(tuple(Guess(*each) for each in sorted(read.items(), key=lambda each: -each[1])))
    assert _ids(choose(candidates, understanding, _fine, LIMITS, 3)) == offered


def test_an_unsure_business_reply_is_not_offered_beside_small_talk() -> None:
    least = LIMITS.business
    assert _chosen("invoice", [("thanks/thanks", 0.5), ("invoice/issue", least - 0.01)]) == ["thanks/thanks"]
    beside_a_sure_one = [("shipping/delay", least), ("thanks/thanks", 0.5), ("invoice/issue", least / 3)]
    assert set(_chosen("invoice", beside_a_sure_one)) == {"shipping/delay", "thanks/thanks", "invoice/issue"}


def test_where_nothing_is_asked_and_no_small_talk_fits_nothing_is_offered() -> None:
    candidates = [_candidate("invoice/issue", 0.4), _candidate("thanks/thanks", LIMITS.floor - 0.01)]
    assert choose(candidates, _read_as("thanks", 0.8), _fine, LIMITS, 3) == Chosen((), ())


@pytest.mark.parametrize(
    ("main", "thanks", "invoice", "offered"),
    [
        ("invoice", 0.6, 0.4, ["invoice/issue", "thanks/thanks"]),
        ("invoice", 0.8, 0.35, ["thanks/thanks", "invoice/issue"]),
        ("thanks", 0.6, 0.4, ["thanks/thanks", "invoice/issue"]),
        ("thanks", 0.35, 0.5, ["thanks/thanks", "invoice/issue"]),
        ("thanks", 0.2, 0.6, ["invoice/issue", "thanks/thanks"]),
    ],
)
def test_what_the_message_was_read_as_decides_what_goes_first(
    main: str, thanks: float, invoice: float, offered: list[str]
) -> None:
    assert _chosen(main, [("thanks/thanks", thanks), ("invoice/issue", invoice)]) == offered


def test_help_by_a_person_is_no_courtesy() -> None:
    assert _chosen("invoice", [("human/request", 0.6), ("invoice/issue", 0.5)])[0] == "human/request"
    assert _chosen("invoice", [("thanks/thanks", 0.6), ("invoice/issue", 0.5)])[0] == "invoice/issue"


def test_what_breaks_a_rule_is_kept_apart_and_the_next_one_moves_up() -> None:
    candidates = [_candidate("invoice/surcharge", 0.9), _candidate("invoice/issue", 0.5)]
    chosen = choose(
        candidates, _read_as("invoice"), lambda text: STOPPED if "surcharge" in text else Verdict(), LIMITS, 3
    )
    assert _ids(chosen) == ["invoice/issue"]
    assert [(stopped.reply_id, stopped.findings) for stopped in chosen.blocked] == [
        ("invoice/surcharge", STOPPED.findings)
    ]


def test_of_two_with_the_same_text_one_is_offered() -> None:
    twins = [_candidate("invoice/issue", 0.9, "可以开", "one"), _candidate("invoice/issue", 0.8, "可以开", "two")]
    assert _ids(choose(twins, _read_as("invoice"), _fine, LIMITS, 3)) == ["one"]


@pytest.mark.parametrize(
    ("topic", "least"), [("invoice/issue", LIMITS.business), ("thanks/thanks", LIMITS.floor)], ids=["business", "chat"]
)
def test_nothing_is_offered_that_is_not_sure_enough(topic: str, least: float) -> None:
    assert choose([_candidate(topic, least - 0.01)], _read_as("invoice"), _fine, LIMITS, 3) == Chosen((), ())
    assert _ids(choose([_candidate(topic, least)], _read_as("invoice"), _fine, LIMITS, 3)) == [topic]


def test_without_candidates_nothing_is_offered() -> None:
    assert choose([], _read_as("invoice"), _fine, LIMITS, 3) == Chosen((), ())


def test_the_checker_is_asked_so_often_and_no_more() -> None:
    asked: list[str] = []

    def stop(text: str) -> Verdict:
        asked.append(text)
        return STOPPED

    many = [_candidate("invoice/issue", 0.9, f"第{number}句", f"n{number}") for number in range(MOST_CHECKED + 5)]
    chosen = choose(many, _read_as("invoice"), stop, LIMITS, 3)
    assert not chosen.suggestions
    assert len(chosen.blocked) == len(asked) == MOST_CHECKED
