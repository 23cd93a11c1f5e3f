from __future__ import annotations

from datetime import timedelta

import pytest

from contracts.errors import DataError, InputError
from contracts.turn import Speaker
from desk.assembly import Desk, open_first_reply
from desk.dialogues import parse_dialogue
from desk.night.first_reply import FirstReply
from desk.replay import Place, replay
from desk.shops import Shops
from tests.replay_cases.expectations import NightCase, cases, differences
from tests.replay_cases.reader import LabelReader

CASES = list(cases())


@pytest.fixture(scope="module")
def first_reply(night_desk: Desk) -> FirstReply:
    return open_first_reply(night_desk)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_night_goes_as_written(
    case: NightCase, label_reader: LabelReader, first_reply: FirstReply, shops: Shops
) -> None:
    label_reader.case = case
    played = {item.turn: item.outcome for item in replay(first_reply, shops, case.dialogue, Place("cases", 1))}
    buyer_turns = [number for number, turn in enumerate(case.dialogue.turns) if turn.speaker is Speaker.BUYER]
    assert sorted(played) == buyer_turns == [wanted["turn"] for wanted in case.expected]
    found = {}
    for wanted in case.expected:
        outcome = played[wanted["turn"]]
        assert outcome is not None
        found[wanted["turn"]] = differences(outcome, wanted)
    assert {turn: faults for turn, faults in found.items() if faults} == {}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_nothing_is_said_twice_in_a_night(
    case: NightCase, label_reader: LabelReader, first_reply: FirstReply, shops: Shops
) -> None:
    label_reader.case = case
    said = [
        (item.outcome.handover.returns_at if item.outcome.handover else None, item.outcome.sends.text)
        for item in replay(first_reply, shops, case.dialogue, Place("cases", 1))
        if item.outcome and item.outcome.sends
    ]
    assert len(said) == len(set(said))


def test_enough_nights() -> None:
    assert len(CASES) >= 80
    assert len({case.id for case in CASES}) == len(CASES)


def _dialogue(*turns: dict[str, object], **rest: object) -> dict[str, object]:
    return {"id": "d", "platform": "tmall", "shop": "demo-tmall", "turns": list(turns), **rest}


def test_a_turn_without_a_time_is_named_and_the_others_go_on(
    label_reader: LabelReader, first_reply: FirstReply, shops: Shops
) -> None:
    value = _dialogue(
        {"speaker": "buyer", "text": "在吗"}, {"speaker": "buyer", "at": "2026-11-20T02:00:00+08:00", "text": "在吗"}
    )
    dialogue = parse_dialogue(value, "d.jsonl", 7)
    label_reader.case = NightCase(dialogue, (), down=True)
    first, second = replay(first_reply, shops, dialogue, Place("d.jsonl", 7))
    assert isinstance(first.error, DataError)
    assert (first.error.file, first.error.line, first.error.field) == ("d.jsonl", 7, "turns[0].at")
    assert second.outcome is not None


def test_an_unknown_shop_is_refused(first_reply: FirstReply, shops: Shops) -> None:
    value = _dialogue({"speaker": "buyer", "at": "2026-11-20T02:00:00", "text": "在吗"}, shop="nowhere")
    with pytest.raises(InputError, match="unknown shop"):
        list(replay(first_reply, shops, parse_dialogue(value, "d.jsonl", 1), Place("d.jsonl", 1)))


@pytest.mark.parametrize(("minutes", "route"), [(9, "panel"), (10, "panel"), (11, "hold")])
def test_the_shift_lasts_while_the_agent_s_conversation_runs(
    minutes: int, route: str, label_reader: LabelReader, first_reply: FirstReply, shops: Shops
) -> None:
    value = _dialogue(
        {"speaker": "agent", "at": "2026-11-20T22:29:00+08:00", "text": "我看一下"},
        {"speaker": "buyer", "at": "2026-11-20T22:29:00+08:00", "text": "好了吗"},
    )
    dialogue = parse_dialogue(value, "d.jsonl", 1)
    turn = dialogue.turns[1]
    assert turn.at is not None
    moved = parse_dialogue(
        _dialogue(
            {"speaker": "agent", "at": "2026-11-20T22:29:00+08:00", "text": "我看一下"},
            {"speaker": "buyer", "at": (turn.at + timedelta(minutes=minutes)).isoformat(), "text": "好了吗"},
        ),
        "d.jsonl",
        1,
    )
    label_reader.case = NightCase(moved, (), down=True)
    (played,) = replay(first_reply, shops, moved, Place("d.jsonl", 1))
    assert played.outcome is not None
    assert played.outcome.route.value == route
