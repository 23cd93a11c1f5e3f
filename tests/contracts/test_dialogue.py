from __future__ import annotations

import pytest

from contracts.dialogue import Dialogue
from contracts.platform import Platform
from contracts.turn import Speaker, Turn

BUYER, AGENT, ROBOT, SYSTEM = Speaker.BUYER, Speaker.AGENT, Speaker.ROBOT, Speaker.SYSTEM


@pytest.mark.parametrize(
    ("speakers", "position"),
    [
        ((), None),
        ((AGENT, ROBOT, SYSTEM), None),
        ((BUYER,), 0),
        ((BUYER, AGENT, BUYER), 2),
        ((BUYER, BUYER, AGENT, SYSTEM), 1),
    ],
)
def test_the_last_buyer_turn(speakers: tuple[Speaker, ...], position: int | None) -> None:
    turns = tuple(Turn(speaker, "在") for speaker in speakers)
    assert Dialogue("d", Platform.JD, turns).last_buyer_index() == position
