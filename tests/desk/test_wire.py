from __future__ import annotations

import json

import pytest

from contracts.answer import Answer, Blocked, Route, Suggestion, Timings
from contracts.candidate import Candidate, Scores
from contracts.clause import Severity
from contracts.finding import Finding, Verdict
from contracts.understanding import Entity, Guess, Understanding
from desk.routes.schemas import CheckAnswer, SuggestionsAnswer
from desk.wire import answer_json, verdict_json
from tests.doubles import make_reply

FINDING = Finding("tmall.invoice.x", Severity.WARN, (2, 5), "为什么", "可以说", "每次扣6分")
ANSWER = Answer(
    understanding=Understanding(
        (Guess("invoice", 0.87654321),), (Guess("invoice/type", 0.5),), (Entity("amount", "3元", 0, 2),)
    ),
    route=Route.PANEL,
    reason="找到1条",
    suggestions=(
        Suggestion(
            Candidate(
                make_reply("a.b", "{order.eta}到"), "{order.eta}到", 0.123456, Scores(0.5, 0.25, 1.0), ("order.eta",)
            ),
            Verdict((FINDING,), 23),
        ),
    ),
    blocked=(Blocked("c.d", (FINDING,)),),
    timings=Timings(1.23456, 2, 3, 4, 5, 6),
    notes=("只用关键词检索",),
)

SUGGEST_KEYS = {"understanding", "route", "reason", "suggestions", "blocked", "timings_ms"}
SUGGESTION_KEYS = {
    "reply_id", "topic", "text", "confidence", "scores", "clauses_checked", "findings", "missing_slots",
}  # fmt: skip
FINDING_KEYS = {"clause", "severity", "span", "why", "instead", "penalty"}


def test_the_promised_keys_of_suggest() -> None:
    answer = answer_json(ANSWER)
    assert answer.keys() >= SUGGEST_KEYS
    assert answer["understanding"].keys() >= {"intents", "entities"}
    assert answer["understanding"]["intents"] == [{"name": "invoice", "confidence": 0.8765}]
    assert answer["suggestions"][0].keys() >= SUGGESTION_KEYS
    assert answer["suggestions"][0]["findings"][0].keys() == FINDING_KEYS
    assert answer["blocked"][0].keys() == {"reply_id", "findings"}
    assert answer["timings_ms"].keys() == {"understand", "encode", "search", "rank", "check", "total"}


def test_the_values_are_plain() -> None:
    answer = json.loads(json.dumps(answer_json(ANSWER)))
    suggestion = answer["suggestions"][0]
    assert answer["route"] == "panel"
    assert answer["notes"] == ["只用关键词检索"]
    assert answer["timings_ms"]["understand"] == 1.235
    assert suggestion["confidence"] == 0.1235
    assert suggestion["scores"] == {"dense": 0.5, "keyword": 0.25, "prior": 1.0}
    assert suggestion["missing_slots"] == ["order.eta"]
    assert suggestion["clauses_checked"] == 23
    assert suggestion["findings"][0] == {
        "clause": "tmall.invoice.x",
        "severity": "warn",
        "span": [2, 5],
        "why": "为什么",
        "instead": "可以说",
        "penalty": "每次扣6分",
    }


@pytest.mark.parametrize("severity", list(Severity))
def test_the_promised_keys_of_check(severity: Severity) -> None:
    verdict = verdict_json(Verdict((Finding("a.b", severity, (0, 1), "为什么", "可以说"),), 3))
    assert verdict.keys() >= {"blocked", "findings"}
    assert verdict["blocked"] is (severity is Severity.BLOCK)
    assert verdict["findings"][0]["severity"] == severity.value


def test_the_schemas_of_the_api_hold_every_key() -> None:
    answer = answer_json(ANSWER)
    assert SuggestionsAnswer.model_validate(answer).model_dump(mode="json") == answer
    verdict = {**verdict_json(Verdict((FINDING,), 3)), "warnings": ["unknown context key"]}
    assert CheckAnswer.model_validate(verdict).model_dump(mode="json") == verdict
