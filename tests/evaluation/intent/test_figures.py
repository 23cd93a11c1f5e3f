from __future__ import annotations

from collections.abc import Callable

import pytest

from contracts.understanding import Guess
from evaluation.dialogues import Vocabulary, parse_labelled
from evaluation.intent.figures import Reading, calibration_error, figures
from evaluation.questions import Question, questions_of
from files.jsonl import JsonLine
from tests.evaluation.written import buyer


@pytest.fixture
def asked(line: Callable[..., JsonLine], known: Vocabulary) -> Callable[..., Question]:
    def make(topics: str, clear: str = "1") -> Question:
        turns = [buyer("说点什么", topics, clear)]
        return next(questions_of(parse_labelled(line(turns=turns), "d.jsonl", known)))

    return make


def _read(ms: float = 1.0, **intents: float) -> Reading:
    return Reading(tuple(Guess(name, value) for name, value in intents.items()), ms)


def test_by_hand(asked: Callable[..., Question]) -> None:
    questions = [
        asked("invoice/type"),
        asked("invoice/issue", "0"),
        asked("greet/hello"),
        asked("out_of_scope/other"),
    ]
    readings = [
        _read(1, invoice=0.95, out_of_scope=0.05),
        _read(2, greet=0.85, invoice=0.1),
        _read(3, greet=0.85, out_of_scope=0.15),
        _read(4, invoice=0.5, out_of_scope=0.1),
    ]
    found = figures(questions, readings)
    assert found.messages == 4
    assert found.clear == pytest.approx(2 / 3)
    assert found.all == pytest.approx(1 / 2)
    # invoice: precision 1/2, recall 1/2; greet: precision 1/2, recall 1; out_of_scope: never
    assert found.macro_f1 == pytest.approx((1 / 2 + 2 / 3 + 0) / 3)
    # 0.1 for the one that is, against 0.05, 0 and 0.15
    assert found.auroc == pytest.approx(2 / 3)
    # bins 0.9: 0.95 of which 1; 0.8: 0.85 of which 1/2; 0.5: 0.5 of which 0
    assert found.ece == pytest.approx((0.05 + 2 * 0.35 + 0.5) / 4)
    assert found.p50 == 2.5


def test_one_kind_of_message_has_no_auroc(asked: Callable[..., Question]) -> None:
    found = figures([asked("invoice/type", "0")], [_read(invoice=1.0)])
    assert found.auroc is None
    assert found.clear is None
    assert found.all == 1
    assert found.ece == 0


def test_other_labels_are_seen(asked: Callable[..., Question]) -> None:
    assert figures([asked("invoice/type"), asked("greet/hello")], [_read(greet=0.9), _read(invoice=0.9)]).all == 0


def test_certainty_that_is_wrong_costs_most() -> None:
    assert calibration_error([1.0, 1.0], [False, False]) == 1
    assert calibration_error([0.5, 0.5], [True, False]) == 0
