from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from evaluation.dialogues import Vocabulary, parse_labelled
from evaluation.peers.job import Answered
from evaluation.peers.protocol import Hit
from evaluation.peers.scoring import Duel, Shown, duel, figures
from evaluation.questions import Question, questions_of
from files.jsonl import JsonLine
from tests.evaluation.written import buyer

TOPICS = {"type": "invoice/type", "issue": "invoice/issue", "ship": "shipping/delivery_time", "hello": "greet/hello"}
Make = Callable[..., JsonLine]


@pytest.fixture
def asked(line: Callable[..., JsonLine], known: Vocabulary) -> Callable[[str, str], Question]:
    def make(topics: str, clear: str = "1") -> Question:
        turns: list[dict[str, Any]] = [buyer("说点什么", topics, clear)]
        return next(questions_of(parse_labelled(line(turns=turns), "d.jsonl", known)))

    return make


def _answered(*hits: tuple[str, float], ms: float = 1.0) -> Answered:
    return Answered("d1#0", tuple(Hit(name, score) for name, score in hits), ms)


def test_by_hand(asked: Callable[..., Question]) -> None:
    questions = [
        asked("invoice/type"),
        asked("invoice/type invoice/issue", "0"),
        asked("shipping/delivery_time"),
        asked("invoice/type"),
        asked("greet/hello"),
        asked("greet/hello"),
    ]
    answers = [
        _answered(("type", 0.9), ("issue", 0.2), ms=1),
        _answered(("ship", 0.8), ("issue", 0.7), ms=2),
        _answered(("type", 0.6), ("issue", 0.5), ("ship", 0.4), ms=3),
        _answered(ms=4),
        _answered(("hello", 0.9), ("type", 0.1), ms=5),
        _answered(("ship", 0.7), ms=6),
    ]
    found = figures(questions, answers, TOPICS)
    assert found.all == Shown(4, 1 / 4, 3 / 4, pytest.approx((1 + 1 / 2 + 1 / 3) / 4))
    assert found.clear == Shown(3, 1 / 3, 2 / 3, pytest.approx((1 + 1 / 3) / 3))
    assert found.silent == 1 / 4
    assert found.intruding == 1 / 2
    # 0.9, 0.8, 0.6 and nothing against 0.1 and 0.7: 5 of 8 pairs stand right
    assert found.auroc == pytest.approx(5 / 8)
    assert found.p50 == 3.5


def test_one_kind_of_message_has_no_auroc(asked: Callable[..., Question]) -> None:
    found = figures([asked("invoice/type")], [_answered(("type", 0.9))], TOPICS)
    assert found.auroc is None
    assert found.intruding == 0


def test_the_same_number_of_answers_is_needed(asked: Callable[..., Question]) -> None:
    with pytest.raises(ValueError, match="zip"):
        figures([asked("invoice/type")], [], TOPICS)


def test_a_duel_counts_where_they_differ(asked: Callable[..., Question]) -> None:
    questions = [asked("invoice/type")] * 6 + [asked("greet/hello")]
    right, wrong = _answered(("type", 0.9)), _answered(("ship", 0.9))
    ours = [right, right, right, right, wrong, right, right]
    theirs = [wrong, wrong, wrong, right, wrong, wrong, wrong]
    assert duel(questions, ours, theirs, TOPICS) == Duel(4, 0, pytest.approx(2 / 2**4))
    assert duel(questions, theirs, ours, TOPICS) == Duel(0, 4, pytest.approx(2 / 2**4))


def test_a_duel_without_a_difference_proves_nothing(asked: Callable[..., Question]) -> None:
    right = [_answered(("type", 0.9))]
    assert duel([asked("invoice/type")], right, right, TOPICS) == Duel(0, 0, 1.0)
