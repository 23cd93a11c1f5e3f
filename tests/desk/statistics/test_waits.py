from __future__ import annotations

from datetime import timedelta

import pytest

from contracts.turn import Speaker
from desk.statistics.waits import Waits
from desk.storage.tallies import SaidLine
from tests.desk.talk import START

WHO = {"b": Speaker.BUYER, "a": Speaker.AGENT, "r": Speaker.ROBOT}


def waits_of(script: str) -> list[tuple[bool, float | None, str]]:
    """The waits of a talk written as `b0 b5 a9`: who speaks, at which second."""
    waits = Waits()
    found = []
    for word in script.split():
        at = START + timedelta(seconds=int(word[1:]))
        found += waits.take(SaidLine("t", WHO[word[0]], at, "li" if word[0] == "a" else ""))
    found += waits.rest()
    return [(wait.automatic, wait.seconds, wait.answered_by) for wait in found]


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("b0 a9", [(False, 9, "li")]),
        ("b0 b5 a9 a20", [(False, 9, "li")]),
        ("b0 a9 b30 a31", [(False, 9, "li"), (False, 1, "li")]),
        ("b0 r2 a9", [(True, 2, ""), (False, 9, "li")]),
        ("b0 r2 r3 b5 r6 a9", [(True, 2, ""), (True, 1, ""), (False, 9, "li")]),
        ("b0 a9 r10", [(False, 9, "li")]),
        ("b0 r2", [(True, 2, ""), (False, None, "")]),
        ("a0 r1", []),
        ("b5 a3", [(False, 0, "li")]),
        ("b0 a90000", [(False, None, "")]),
        ("b0 b90000 a90009", [(False, None, ""), (False, 9, "li")]),
    ],
)
def test_who_waited_for_how_long(script: str, expected: list[tuple[bool, float | None, str]]) -> None:
    assert waits_of(script) == expected


def test_talks_do_not_answer_each_other() -> None:
    waits = Waits()
    assert list(waits.take(SaidLine("t1", Speaker.BUYER, START, ""))) == []
    assert list(waits.take(SaidLine("t2", Speaker.AGENT, START, "li"))) == []
    assert [wait.conversation for wait in waits.rest()] == ["t1"]
