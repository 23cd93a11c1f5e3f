from __future__ import annotations

from pathlib import Path

import pytest

from contracts.answer import Answer, Route, Timings
from contracts.forms import FORMS, FormState, FormStatus
from contracts.understanding import Guess, Understanding
from desk.night.hearing import Heard, hear
from desk.night.reading import Reading
from desk.night.signals import Signals, load_signals
from desk.night.talk import Period
from files.taxonomy import load_taxonomy

DATA = Path(__file__).parents[3] / "data"
BY_ID = {form.id: form for form in FORMS}
INVOICE = FormState(
    BY_ID["invoice_details"],
    (("invoice_title", "温岭青禾鞋业有限公司"), ("invoice_kind", "专票"), ("email", "qh88@163.com")),
    status=FormStatus.DONE,
)
CHANGE = FormState(
    BY_ID["order_change"],
    (("new_value", "红色，台州市椒江区中山路3号"),),
    parts=(("colour", "红色"), ("address", "台州市椒江区中山路3号")),
    status=FormStatus.DONE,
    had=("白",),
)


@pytest.fixture(scope="module")
def signals() -> Signals:
    return load_signals(DATA / "signals.yml", load_taxonomy(DATA / "taxonomy.yml"))


def _heard(signals: Signals, text: str, state: FormState, replaced: tuple[str, ...] = ()) -> Heard:
    understood = Understanding((Guess("deny", 0.5),), (Guess("deny/no", 0.5),))
    reading = Reading.of(text, Answer(understood, Route.HOLD, "", (), (), Timings(), ()), signals)
    return hear(reading, Period(None, form=state, replaced=replaced), signals)


@pytest.mark.parametrize(
    ("text", "state", "emptied"),
    [
        ("孙桂芳那个不要了", INVOICE, ""),
        ("孙桂芳的就不用了哈", INVOICE, ""),
        ("专票就不要了", INVOICE, "专票"),
        ("qh88那个邮箱不要了", INVOICE, "qh88@163.com"),
        ("纸质的不要了", INVOICE, ""),
        ("红的不要了 地址还是改", CHANGE, "红色"),
        ("白色那件不要了", CHANGE, ""),
    ],
)
def test_who_names_a_value_calls_off_no_more_than_that(
    signals: Signals, text: str, state: FormState, emptied: str
) -> None:
    heard = _heard(signals, text, state, ("孙桂芳",))
    assert not heard.reading.has("stop")
    assert heard.emptied == emptied
    assert emptied not in (value for _, value in heard.state.values) if heard.state and emptied else True


@pytest.mark.parametrize(
    "text", ["发票不要了", "那个不要了", "不开了 孙桂芳的不要了", "算了 麻烦", "张三的不要了", "抬头不要了"]
)
def test_the_matter_itself_or_something_unknown_is_called_off(signals: Signals, text: str) -> None:
    heard = _heard(signals, text, INVOICE, ("孙桂芳",))
    assert heard.reading.has("stop")
    assert heard.words == text


def test_the_only_value_of_a_change_is_the_change(signals: Signals) -> None:
    one = FormState(BY_ID["order_change"], (("new_value", "红色"),), parts=(("colour", "红色"),))
    assert _heard(signals, "红色不要了", one).reading.has("stop")


@pytest.mark.parametrize(
    "text", ["别开错了", "千万别把名字写错", "是店不是个人 别再开错", "不要弄错了哈", "地址可别改错"]
)
def test_who_asks_to_take_care_calls_nothing_off(signals: Signals, text: str) -> None:
    heard = _heard(signals, text, INVOICE)
    assert not heard.reading.has("stop")
    assert not heard.reading.has("mistake")


@pytest.mark.parametrize("text", ["开错了 不要了", "别开了", "不要开错的那张了 不开了"])
def test_a_mistake_and_a_refusal_stand(signals: Signals, text: str) -> None:
    assert _heard(signals, text, INVOICE).reading.has("stop")


@pytest.mark.parametrize("text", ["没有邮箱就不开了对吧", "不给税号就不开了是吗"])
def test_a_question_on_a_condition_calls_nothing_off(signals: Signals, text: str) -> None:
    heard = _heard(signals, text, INVOICE)
    assert not heard.reading.has("stop")
    assert heard.reading.has("question")


def test_a_thing_that_is_not_there_is_no_end_of_the_matter(signals: Signals) -> None:
    heard = _heard(signals, "邮箱不用了", INVOICE)
    assert not heard.reading.has("stop")
    assert heard.words == "邮箱不用了"


@pytest.mark.parametrize(
    ("text", "words"), [("收货人不变", ""), ("电话不动 换成蓝的", "换成蓝的"), ("还是寄原来的地址", "还是寄原来的地址")]
)
def test_what_stays_is_not_heard_unless_it_was_to_be_changed(signals: Signals, text: str, words: str) -> None:
    assert _heard(signals, text, CHANGE).words.strip() == words
