"""The written nights with the real intent model: most turns must come out as written."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from desk.assembly import assemble, open_first_reply
from desk.night.first_reply import FirstReply
from desk.replay import Place, replay
from desk.settings import Settings
from desk.shops import Shops
from desk.understand import RasaReader
from launch.rasa import temporary_rasa
from tests.replay_cases.expectations import cases, differences

SHARE = 0.9
"""Of the turns; the texts of single answers change with the model."""


@pytest.fixture(scope="module")
def night(settings: Settings) -> Iterator[tuple[FirstReply, Shops]]:
    with temporary_rasa(settings) as url:
        desk = assemble(settings, RasaReader(url, 30))
        yield open_first_reply(desk), desk.shops
        desk.suggester.close()


def test_most_turns_come_out_as_written(night: tuple[FirstReply, Shops]) -> None:
    first_reply, shops = night
    found: dict[tuple[str, int], list[str]] = {}
    for case in cases():
        if case.down:
            continue
        played = {item.turn: item.outcome for item in replay(first_reply, shops, case.dialogue, Place("cases", 1))}
        for wanted in case.expected:
            outcome = played[wanted["turn"]]
            found[case.id, wanted["turn"]] = differences(outcome, wanted) if outcome else ["no outcome"]
    wrong = {turn: faults for turn, faults in found.items() if faults}
    assert len(wrong) <= (1 - SHARE) * len(found), wrong
