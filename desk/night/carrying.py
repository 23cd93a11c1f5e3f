"""The buyer's lines that people left unanswered when they went: the first line of the night is read behind them."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from contracts.turn import Speaker
from desk.night.reading import Reading
from desk.night.talk import Line, Talk

REACH = timedelta(hours=12)
"""How long ago a line may have come."""
_MOST = 5
_WAITS = re.compile(r"^(?:好|嗯|行|哦|噢|ok|可以|知道|明白|谢|辛苦|等|那我等|麻烦你|收到$)|等(?:你|您)")


def left_open(talk: Talk) -> tuple[int, ...]:
    """The places of the buyer's lines, oldest first, that came while people were there and got no answer from them.

    None when a line before the last was decided at night already: what was left then has been read.
    """
    found: list[int] = []
    last = talk.lines[-1]
    for place in range(len(talk.lines) - 2, -1, -1):
        line = talk.lines[place]
        if line.turn.speaker is Speaker.AGENT or last.at - line.at > REACH:
            break
        peopled = line.move is None and _people_there(talk, place)
        if line.turn.speaker is not Speaker.SYSTEM and not peopled:
            break
        if line.turn.speaker is Speaker.BUYER:
            found.append(place)
    return tuple(reversed(found[:_MOST]))


def before_line(talk: Talk, at: datetime) -> tuple[int, ...]:
    """The places of the buyer's last lines that came before this moment, the latest first."""
    places = (place for place, line in enumerate(talk.lines) if line.at < at and line.turn.speaker is Speaker.BUYER)
    return tuple(reversed(tuple(places)))[:_MOST]


def up_to(talk: Talk, place: int) -> Talk:
    """The talk as it stood when that line came; what was collected is shared."""
    lines = list(talk.lines[: place + 1])
    return Talk(talk.dialogue, talk.shop, talk.calendar, lines, talk.collected, talk.period, talk.seen)


def says_something(reading: Reading) -> bool:
    """Whether a line is more than small talk, a greeting or a word of waiting: 好的 那我等你."""
    if reading.alarm is not None or reading.has("person") or reading.has("request"):
        return True
    if reading.small_talk or reading.intent == "greet":
        return False
    return reading.has("question") or not _WAITS.search(reading.text)


def _people_there(talk: Talk, place: int) -> bool:
    """Whether the line came in the shift or in the time for which an agent's line keeps it on."""
    at = talk.lines[place].at
    if talk.calendar.at(at).open:
        return True
    quiet = timedelta(minutes=talk.shop.auto.quiet_minutes)
    return any(_keeps_on(line, at, quiet) for line in talk.lines[:place])


def _keeps_on(line: Line, at: datetime, quiet: timedelta) -> bool:
    return line.turn.speaker is Speaker.AGENT and at - line.at <= quiet
