from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from evaluation.dialogues import Clarity, Vocabulary, parse_labelled
from evaluation.questions import Question, questions_of
from files.jsonl import JsonLine
from tests.evaluation.written import agent, buyer


@pytest.fixture
def asked(line: Callable[..., JsonLine], known: Vocabulary) -> Callable[..., list[Question]]:
    def ask(*turns: dict[str, Any]) -> list[Question]:
        return list(questions_of(parse_labelled(line(turns=list(turns)), "d.jsonl", known)))

    return ask


Asked = Callable[..., list[Question]]


def test_each_labelled_message_is_asked_in_its_context(asked: Asked) -> None:
    first, second = asked(
        buyer("有货吗", "product/stock"),
        agent("有的"),
        buyer("专票呢", "invoice/type", clear="0", at="2026-11-20T10:00:00+08:00"),
        agent("可以开"),
    )
    assert (first.id, first.intent, first.topics, first.inquiry.text) == (
        "d1#0",
        "product",
        ("product/stock",),
        "有货吗",
    )
    assert (second.id, second.clarity, second.business) == ("d1#2", Clarity.CONTEXT, True)
    inquiry = second.inquiry
    assert (inquiry.text, inquiry.previous_agent, inquiry.previous_buyer) == ("专票呢", "有的", "有货吗")
    assert second.at is not None
    assert second.at.isoformat() == "2026-11-20T10:00:00+08:00"


def test_lines_without_an_answer_between_them_are_one_message(asked: Asked) -> None:
    (question,) = asked(
        buyer("在吗", "greet/hello"),
        {"speaker": "system", "text": "客服接入"},
        buyer("能开票不", "invoice/issue", clear="0"),
        buyer("谢谢", "thanks/thanks"),
    )
    assert question.inquiry.text == "在吗 能开票不 谢谢"
    assert question.intents == ("invoice", "greet", "thanks")
    assert question.topics == ("invoice/issue", "greet/hello", "thanks/thanks")
    assert question.clarity is Clarity.CONTEXT


def test_a_message_ends_with_its_last_labelled_line(asked: Asked) -> None:
    (question,) = asked(buyer("能开票不", "invoice/issue"), buyer("喂"))
    assert (question.id, question.inquiry.text) == ("d1#0", "能开票不")


def test_of_one_line_the_main_intent_stays_first(asked: Asked) -> None:
    (question,) = asked(buyer("你好 开票", "greet/hello invoice/issue"))
    assert question.intents == ("greet", "invoice")
    assert question.business


def test_what_nobody_labelled_is_not_asked(asked: Asked) -> None:
    assert asked(buyer("在吗"), agent("在的", "")) == []
