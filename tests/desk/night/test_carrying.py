from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from contracts.answer import Answer, Route, Timings
from contracts.dialogue import Dialogue
from contracts.hours import Hours, Shift, Span
from contracts.platform import Platform
from contracts.shop import Shop
from contracts.turn import Speaker, Turn
from contracts.understanding import Guess, Understanding
from desk.decide import Move
from desk.night.carrying import left_open, says_something, up_to
from desk.night.reading import Reading
from desk.night.signals import load_signals
from desk.night.talk import Line, Talk
from desk.shifts import Calendar
from files.taxonomy import load_taxonomy

DATA = Path(__file__).parents[3] / "data"
CLOSING = datetime(2026, 11, 20, 22, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
SHOP = Shop("s", Platform.TMALL, "店", hours=Hours((Shift("", frozenset(range(7)), (Span(32400, 79200),)),)))
"""Open from 9:00 to 22:00."""


def _talk(*lines: tuple[Speaker, str, float] | tuple[Speaker, str, float, Move]) -> Talk:
    """Lines with the minutes after closing at which they came."""
    talk = Talk(Dialogue("d", Platform.TMALL, ()), SHOP, Calendar.of(SHOP))
    for speaker, text, minutes, *move in lines:
        at = CLOSING + timedelta(minutes=minutes)
        talk.lines.append(Line(Turn(speaker, text, at), at, *move))
    return talk


def _left(talk: Talk) -> list[str]:
    return [talk.lines[place].turn.text for place in left_open(talk)]


def test_what_came_before_closing_and_got_no_answer_is_left() -> None:
    assert _left(_talk((Speaker.BUYER, "一", -9), (Speaker.BUYER, "二", -1), (Speaker.BUYER, "三", 5))) == ["一", "二"]


def test_what_an_agent_answered_is_not() -> None:
    talk = _talk(
        (Speaker.BUYER, "一", -9), (Speaker.AGENT, "答", -8), (Speaker.BUYER, "二", -1), (Speaker.BUYER, "三", 5)
    )
    assert _left(talk) == ["二"]


def test_a_robot_in_the_shift_answers_nothing() -> None:
    assert _left(_talk((Speaker.BUYER, "一", -9), (Speaker.ROBOT, "稍等", -9), (Speaker.BUYER, "二", 5))) == ["一"]


def test_what_came_while_an_agent_kept_the_shift_on_is_left() -> None:
    talk = _talk((Speaker.AGENT, "答", 10), (Speaker.BUYER, "一", 12), (Speaker.BUYER, "二", 40))
    assert _left(talk) == ["一"]


def test_it_is_read_once() -> None:
    said = (Speaker.ROBOT, "在休息", 5, Move.NOTICE)
    lines = ((Speaker.BUYER, "一", -9), (Speaker.BUYER, "二", 5), said)
    assert _left(_talk(*lines, (Speaker.BUYER, "三", 9))) == []


def test_what_is_half_a_day_old_is_not_looked_for() -> None:
    assert _left(_talk((Speaker.BUYER, "一", -12 * 60), (Speaker.BUYER, "二", 1))) == []
    assert _left(_talk((Speaker.BUYER, "一", -11 * 60), (Speaker.BUYER, "二", 1))) == ["一"]


def test_the_talk_as_it_stood_shares_what_is_collected() -> None:
    talk = _talk((Speaker.BUYER, "一", -9), (Speaker.BUYER, "二", 5))
    before = up_to(talk, 0)
    before.collected["phone"] = "1"
    assert ([line.turn.text for line in before.lines], talk.collected) == (["一"], {"phone": "1"})


@pytest.mark.parametrize(
    ("text", "topic", "says"),
    [
        ("杯子裂了", "returns/quality", True),
        ("拉链那里怪怪的", "out_of_scope/other", True),
        ("好的 等您消息", "out_of_scope/other", False),
        ("好的 那几点能发", "out_of_scope/other", True),
        ("谢谢", "thanks/thanks", False),
        ("在吗", "greet/hello", False),
        ("嗯 麻烦帮我换一下", "out_of_scope/other", True),
    ],
)
def test_small_talk_and_waiting_say_nothing(text: str, topic: str, says: bool) -> None:
    signals = load_signals(DATA / "signals.yml", load_taxonomy(DATA / "taxonomy.yml"))
    understood = Understanding((Guess(topic.partition("/")[0], 0.9),), (Guess(topic, 0.9),))
    reading = Reading.of(text, Answer(understood, Route.HOLD, "", (), (), Timings(), ()), signals)
    assert says_something(reading) is says
