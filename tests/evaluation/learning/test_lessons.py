from __future__ import annotations

import pytest

from contracts.platform import Platform
from contracts.taxonomy import Taxonomy
from contracts.turn import Speaker
from desk.decided import Made
from desk.storage.decisions import DecisionKind
from evaluation.dialogues import Vocabulary, parse_labelled
from evaluation.learning.lessons import lesson, topic_of
from evaluation.questions import questions_of
from files.jsonl import JsonLine
from tests.evaluation.learning.made import OFFERED, line, made

TOPICS = {"invoice.title.fix": "invoice/title"}
EDITED, SEARCHED = DecisionKind.EDITED, DecisionKind.SEARCHED


@pytest.mark.parametrize(
    ("decision", "topic"),
    [
        (made(DecisionKind.APPROVED, 2), "invoice/type"),
        (made(EDITED, 1, OFFERED[0].text + "，您看可以吗"), "invoice/issue"),
        (made(EDITED, 1, "您先把订单号发我，我查一下再回您"), ""),  # little of the suggestion is left
        (made(SEARCHED, reply_id="invoice.title.fix"), "invoice/title"),
        (made(SEARCHED, reply_id="gone.since.then"), ""),
        (made(DecisionKind.WRITTEN, sent="我查一下"), ""),
        (made(rejected=frozenset({1})), ""),
    ],
)
def test_what_an_agent_found_right(decision: Made, topic: str) -> None:
    assert topic_of(decision, TOPICS) == topic


def test_a_decision_becomes_a_labelled_dialogue_without_personal_data(taxonomy: Taxonomy, known: Vocabulary) -> None:
    lines = (line("我电话13812345678"), line("好的", Speaker.AGENT, 2), line("能开发票吗", number=3))
    record = lesson(made(DecisionKind.APPROVED, 1, lines=lines), Platform.TMALL, TOPICS, taxonomy)
    assert record is not None
    assert "13812345678" not in str(record)
    (question,) = questions_of(parse_labelled(JsonLine(1, record), "audit", known))
    assert (question.inquiry.text, question.topics, question.intents) == (
        "能开发票吗",
        ("invoice/issue",),
        ("invoice",),
    )
    assert question.inquiry.previous_agent == "好的"


def test_a_decision_that_says_nothing_is_no_dialogue(taxonomy: Taxonomy) -> None:
    assert lesson(made(DecisionKind.WRITTEN, sent="我查一下"), Platform.TMALL, TOPICS, taxonomy) is None
    assert lesson(made(DecisionKind.APPROVED, 1, lines=()), Platform.TMALL, TOPICS, taxonomy) is None
    odd = {"invoice.title.fix": "invoice/gone"}
    assert lesson(made(SEARCHED, reply_id="invoice.title.fix"), Platform.TMALL, odd, taxonomy) is None
