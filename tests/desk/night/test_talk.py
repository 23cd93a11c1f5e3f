from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from contracts.dialogue import Dialogue
from contracts.platform import Platform
from contracts.shop import Shop
from contracts.turn import Speaker, Turn
from desk.decide import Move
from desk.night.talk import Line, Talk
from desk.shifts import Calendar

NIGHT = datetime(2026, 11, 20, 2, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def _later(seconds: int) -> datetime:
    return NIGHT + timedelta(seconds=seconds)


@pytest.fixture
def talk() -> Talk:
    shop = Shop("s", Platform.TMALL, "店")
    return Talk(Dialogue("d", Platform.TMALL, ()), shop, Calendar.of(shop))


def _say(talk: Talk, speaker: Speaker, text: str, seconds: int) -> None:
    talk.heard(Turn(speaker, text), _later(seconds))


def _would_say(talk: Talk, text: str, move: Move, seconds: int) -> None:
    talk.lines.append(Line(Turn(Speaker.ROBOT, text), _later(seconds), move))


def test_lines_close_together_are_one_message(talk: Talk) -> None:
    for seconds in (0, 50, 200, 210):
        _say(talk, Speaker.BUYER, str(seconds), seconds)
    assert (talk.burst(60), talk.burst(5), talk.burst(float("inf"))) == (2, 1, 4)


@pytest.mark.parametrize(("move", "burst"), [(Move.NOTICE, 2), (Move.ANSWER, 1), (Move.CALM, 1), (Move.FORM, 1)])
def test_an_answer_ends_a_message_and_a_notice_does_not(talk: Talk, move: Move, burst: int) -> None:
    _say(talk, Speaker.BUYER, "一", 0)
    _would_say(talk, "嗯", move, 0)
    _say(talk, Speaker.BUYER, "二", 5)
    assert talk.burst(60) == burst


def test_what_was_said_takes_the_place_of_what_would_have_been(talk: Talk) -> None:
    _say(talk, Speaker.BUYER, "在吗", 0)
    _would_say(talk, "在", Move.ANSWER, 0)
    _say(talk, Speaker.AGENT, "在的", 3)
    assert [line.turn.text for line in talk.lines] == ["在吗", "在的"]
    assert talk.last_agent(_later(63)) == timedelta(seconds=60)


def test_a_buyer_who_repeats_or_echoes(talk: Talk) -> None:
    _say(talk, Speaker.ROBOT, "您好，有什么可以帮您", 0)
    for seconds in (1, 2, 3):
        _say(talk, Speaker.BUYER, "在吗在吗！", seconds)
    assert talk.same_lines("在吗在吗", _later(2)) == 2
    assert talk.echoes("您好 有什么可以帮您")
    assert not talk.echoes("您好")


def test_another_closed_period_forgets_what_counts_once(talk: Talk) -> None:
    first = talk.period_since(NIGHT)
    assert talk.period_since(NIGHT) is first
    assert talk.period_since(_later(1)) is not first
