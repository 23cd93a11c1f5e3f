from __future__ import annotations

from dataclasses import replace

import pytest

from cli.night import interval
from contracts.errors import InputError
from contracts.policy import AutoMode
from desk.assembly import Desk, open_aids
from desk.dialogues import parse_dialogue
from desk.shops import Shops
from evaluation.night_curve import NIGHT, curve, last_message
from tests.desk.conftest import label_reader, night_desk, shipped_retriever, shops  # noqa: F401 - fixtures
from tests.replay_cases.expectations import NightCase
from tests.replay_cases.reader import LabelReader


def _dialogue(text: str, topic: str, **turn: object) -> dict[str, object]:
    said = {"speaker": "buyer", "text": text, "intents": [topic.split("/")[0]], "topics": [topic], **turn}
    return {"id": text, "platform": "tmall", "turns": [{"speaker": "agent", "text": "您好"}, said]}


def test_what_is_answered_and_right_by_threshold(night_desk: Desk, label_reader: LabelReader) -> None:  # noqa: F811
    read = parse_dialogue(_dialogue("包邮吗", "shipping/freight"), "d", 1)
    label_reader.case = NightCase(read, (), down=False)
    right = last_message(read)
    wrong = replace(right, turns=(right.turns[0], replace(right.turns[1], topics=("invoice/issue",))))
    *_, (low, high) = curve(open_aids(night_desk), night_desk.shops, [right, wrong], [(0.5, 0.0), (1.0, 1.0)])
    assert (low.messages, low.answered, low.right) == (2, 2, 1)
    assert (low.share, low.precision) == (1.0, 0.5)
    assert (high.answered, high.precision) == (0, None)


def test_a_form_s_question_is_no_answer(night_desk: Desk, label_reader: LabelReader) -> None:  # noqa: F811
    dialogue = last_message(parse_dialogue(_dialogue("收到的灯罩碎了", "returns/quality"), "d", 1))
    label_reader.case = NightCase(dialogue, (), down=False)
    *_, (point,) = curve(open_aids(night_desk), night_desk.shops, [dialogue], [(1.0, 1.0)])
    assert (point.answered, point.asked) == (0, 1)


def test_a_kind_word_needs_the_confidence_for_sending_too(
    night_desk: Desk,  # noqa: F811
    label_reader: LabelReader,  # noqa: F811
) -> None:
    dialogue = last_message(parse_dialogue(_dialogue("谢谢", "thanks/thanks"), "d", 1))
    label_reader.case = NightCase(dialogue, (), down=False)
    *_, (low, high) = curve(open_aids(night_desk), night_desk.shops, [dialogue], [(0.5, 1.0), (1.0, 1.0)])
    assert (low.answered, high.answered) == (1, 0)


def test_the_facts_and_the_policy_are_those_of_the_dialogue_s_shop(
    night_desk: Desk,  # noqa: F811
    label_reader: LabelReader,  # noqa: F811
) -> None:
    dialogue = last_message(parse_dialogue({**_dialogue("包邮吗", "shipping/freight"), "shop": "demo-tmall"}, "d", 1))
    label_reader.case = NightCase(dialogue, (), down=False)
    shop = night_desk.shops.find("demo-tmall")
    silent = replace(shop, auto=replace(shop.auto, mode=AutoMode.OFF))
    for belongs, answered in ((shop, 1), (silent, 0)):
        *_, (point,) = curve(open_aids(night_desk), Shops({shop.id: belongs}), [dialogue], [(0.5, 0.0)])
        assert point.answered == answered
    with pytest.raises(InputError, match="nowhere"):
        [*curve(open_aids(night_desk), night_desk.shops, [replace(dialogue, shop="nowhere")], [(0.5, 0.0)])]


def test_the_last_line_is_said_at_night_and_needs_labels() -> None:
    dialogue = last_message(parse_dialogue(_dialogue("包邮吗", "shipping/freight"), "d", 1))
    assert dialogue.turns[-1].at == NIGHT
    with pytest.raises(InputError, match="has no topics"):
        last_message(parse_dialogue(_dialogue("包邮吗", "shipping/freight", topics=[]), "d", 1))


def test_an_interval_holds_its_share_and_narrows() -> None:
    few, many = interval(9, 10), interval(900, 1000)
    assert few[0] < many[0] < 0.9 < many[1] < few[1]
    assert interval(0, 0) == (0.0, 1.0)
