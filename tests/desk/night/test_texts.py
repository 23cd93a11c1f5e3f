from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from compliance.checker import Checker
from contracts.errors import DataError
from contracts.handover import Promise
from desk.night.reading import ALARMS
from desk.night.texts import NOTICE, FixedTexts, Text, together
from desk.replies.lint import lint_fixed, lint_texts
from desk.replies.rules import findings_anywhere
from retrieval.building import open_fixed
from retrieval.library import Library

BACK = datetime(2026, 11, 20, 9, 0)


@pytest.fixture(scope="module")
def fixed(data: Path) -> Library:
    return open_fixed(data)


def test_every_text_is_there(fixed: Library) -> None:
    FixedTexts(fixed, ALARMS)


def test_a_missing_text_stops_the_start(fixed: Library) -> None:
    without = Library(tuple(reply for reply in fixed.replies if reply.id != NOTICE))
    with pytest.raises(DataError, match=r"night\.notice"):
        FixedTexts(without, ALARMS)


def test_a_text_says_when_people_are_back_and_what_it_promises(fixed: Library) -> None:
    text = FixedTexts(fixed, ALARMS).get(NOTICE, "今天9:00", BACK)
    assert "今天9:00上班后" in text.text
    assert [promise.due for promise in text.promises] == [BACK]


def test_nobody_knows_when_reads_well_too(fixed: Library) -> None:
    for reply in fixed.replies:
        text = FixedTexts(fixed, ALARMS).get(reply.id, "", None).text
        assert "{" not in text
        assert "，，" not in text


def test_the_texts_may_leave_on_every_platform_in_every_state_of_an_order(fixed: Library, checker: Checker) -> None:
    assert [str(problem) for problem in lint_fixed(fixed, checker)] == []


def test_the_texts_keep_the_house_style(fixed: Library, checker: Checker) -> None:
    hints = [finding.clause for reply in fixed.replies for _, _, finding in findings_anywhere(reply, checker)]
    assert hints == []
    assert lint_texts(fixed) == []
    assert all(reply.auto and not reply.questions for reply in fixed.replies)


def test_no_two_texts_are_the_same(fixed: Library) -> None:
    of_one_form: dict[tuple[str, str], str] = {}
    for reply in fixed.replies:
        key = (".".join(reply.id.split(".")[:2]), reply.text)
        assert of_one_form.setdefault(key, reply.id) == reply.id


def test_several_answers_are_one_message() -> None:
    first, second = Text("可以开。", "a", (Promise("开票"),)), Text("包邮。", "b", (Promise("寄出"),))
    assert together([first]) == first
    assert together([first, second]) == Text("可以开。\n包邮。", "a+b", (Promise("开票"), Promise("寄出")))
