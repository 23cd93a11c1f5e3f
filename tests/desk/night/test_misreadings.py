from __future__ import annotations

from pathlib import Path

import pytest

from bot.entities.patterns import find_entities
from contracts.answer import Answer, Route, Timings
from contracts.forms import FORMS
from contracts.understanding import Guess, Understanding
from desk.night.misreadings import is_title, sets_right, wishes_change, would_do
from desk.night.reading import Reading
from desk.night.signals import load_signals
from files.taxonomy import load_taxonomy

BY_ID = {form.id: form for form in FORMS}
INVOICE, CHANGE, RETURN = (BY_ID[name] for name in ("invoice_details", "order_change", "return_refund"))


def _reading(data: Path, text: str, topic: str = "out_of_scope/other", asked: str = "") -> Reading:
    intent = topic.partition("/")[0]
    understood = Understanding((Guess(intent, 0.9),), (Guess(topic, 0.9),), find_entities(text))
    answer = Answer(understood, Route.HOLD, "", (), (), Timings(), ())
    reading = Reading.of(text, answer, load_signals(data / "signals.yml", load_taxonomy(data / "taxonomy.yml")))
    return Reading(reading.text, reading.answer, reading.signals, asked=asked)


@pytest.mark.parametrize("text", ["诶先帮我改下地址", "等等 麻烦换个收货电话", "帮我把尺码改一下"])
def test_a_change_asked_for_beside_an_invoice(data: Path, text: str) -> None:
    assert wishes_change(_reading(data, text), INVOICE) is CHANGE
    assert wishes_change(_reading(data, text), RETURN) is None


@pytest.mark.parametrize("text", ["帮我改下抬头", "地址能改吗", "不用改地址了", "帮我写公司名称"])
def test_other_wishes_start_no_change(data: Path, text: str) -> None:
    assert wishes_change(_reading(data, text), INVOICE) is None


@pytest.mark.parametrize(
    ("text", "title"), [("云上花坊", True), ("帮我查下物流", False), ("墨绿色", False), ("多少钱", False)]
)
def test_a_name_after_a_question_for_the_title(data: Path, text: str, title: bool) -> None:
    assert is_title(_reading(data, text, asked="请把抬头发来。")) is title
    assert not is_title(_reading(data, text))
    assert not is_title(_reading(data, text, "shipping/tracking", asked="请把抬头发来。"))


@pytest.mark.parametrize(
    ("text", "right"), [("不是37 是38", True), ("不是40 是41", False), ("不是37吗", False), ("是38", False)]
)
def test_a_size_of_a_wish_before_is_set_right(data: Path, text: str, right: bool) -> None:
    assert sets_right(_reading(data, text), CHANGE, ["尺码要37的"]) is right
    assert not sets_right(_reading(data, text), INVOICE, ["尺码要37的"])


@pytest.mark.parametrize(("text", "would"), [("没货就发灰的", True), ("没有就算了", False), ("没有灰的吗", False)])
def test_what_would_do_as_well(data: Path, text: str, would: bool) -> None:
    assert would_do(_reading(data, text), CHANGE) is would
    assert not would_do(_reading(data, text), RETURN)
