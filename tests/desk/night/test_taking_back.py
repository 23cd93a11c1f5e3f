from __future__ import annotations

from pathlib import Path

import pytest

from contracts.answer import Answer, Route, Timings
from contracts.forms import CANCEL, FORMS, FormState
from contracts.understanding import Guess, Understanding
from desk.night.reading import Reading
from desk.night.signals import Signals, load_signals
from desk.night.taking_back import TakenBack, keeps_order, taken_back
from desk.night.talk import Period, Want
from files.taxonomy import load_taxonomy

DATA = Path(__file__).parents[3] / "data"
EXCHANGE = "returns/exchange"
CANCELLING = Period(None, wants=(Want(CANCEL, "订单取消掉"),)).asking(CANCEL, "买家要取消订单：", "订单取消掉")
ASKED = Period(None, wants=(Want(EXCHANGE, "换货要怎么寄"),)).asking(EXCHANGE, "待答复：", "换货要怎么寄")


@pytest.fixture(scope="module")
def signals() -> Signals:
    return load_signals(DATA / "signals.yml", load_taxonomy(DATA / "taxonomy.yml"))


def _back(signals: Signals, text: str, period: Period, topic: str = "out_of_scope/other") -> TakenBack | None:
    understood = Understanding((Guess(topic.partition("/")[0], 0.9),), (Guess(topic, 0.9),))
    reading = Reading.of(text, Answer(understood, Route.HOLD, "", (), (), Timings(), ()), signals)
    return taken_back(reading, period, signals)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("不取消啦", ""),
        ("先别给我取消", ""),
        ("想想还是不取消了 鞋码换成40", "鞋码换成40"),
        ("取消的事作废，改一下收货人", "改一下收货人"),
        ("我没要取消 就是想加一件", "就是想加一件"),
        ("还是要吧", ""),
        ("订单留着吧 什么时候发", "什么时候发"),
        ("撤回取消申请 正常发货就好", ""),
        ("甭取消了直接换红的", "直接换红的"),
        ("取消那个不算数哈 照常发", ""),
        ("取消不用了 发吧", "发吧"),
    ],
)
def test_a_wish_to_cancel_is_taken_back(signals: Signals, text: str, rest: str) -> None:
    assert _back(signals, text, CANCELLING, CANCEL) == TakenBack((CANCEL,), rest)


@pytest.mark.parametrize(
    "text",
    [
        "怎么取消不了",
        "还没取消吗",
        "能不能取消",
        "要不取消吧",
        "不能取消就算了",
        "为什么不给取消",
        "取消了没有",
        "还是没发货",
    ],
)
def test_who_still_wants_to_cancel_takes_nothing_back(signals: Signals, text: str) -> None:
    assert _back(signals, text, CANCELLING, CANCEL) is None


def test_who_wants_no_refund_cancels_nothing_and_who_cancels_after_all_does() -> None:
    assert keeps_order("算了不退款了")
    assert not keeps_order("不退货了 直接取消订单吧")
    assert not keeps_order("怎么又不退了")


def test_without_a_wish_to_cancel_nothing_is_kept(signals: Signals) -> None:
    assert _back(signals, "不取消", ASKED, CANCEL) is None


@pytest.mark.parametrize(
    ("text", "rest"), [("算了不换了", ""), ("不用了 我自己弄好了", "自己弄好"), ("没事了", ""), ("当我没问", "")]
)
def test_a_question_that_people_had_to_answer_is_taken_back(signals: Signals, text: str, rest: str) -> None:
    back = _back(signals, text, ASKED)
    assert back is not None
    assert (back.topics, rest in back.rest) == ((EXCHANGE,), True)


@pytest.mark.parametrize("text", ["算了不退差价了", "能不换了吗", "换不了就算了", "不能换算了", "好的"])
def test_another_matter_a_question_and_a_condition_leave_it(signals: Signals, text: str) -> None:
    assert _back(signals, text, ASKED) is None


def test_a_bare_word_takes_nothing_back_that_has_its_answer(signals: Signals) -> None:
    answered = Period(None, wants=(Want(EXCHANGE, "换货要怎么寄"),))
    assert _back(signals, "不用了", answered) is None
    assert _back(signals, "不换了", answered) == TakenBack((EXCHANGE,), "")


def test_what_a_form_takes_is_for_the_form_to_end(signals: Signals) -> None:
    form = next(form for form in FORMS if form.id == "return_refund")
    period = Period(None, form=FormState(form), wants=(Want(EXCHANGE, "我要换货"),))
    assert _back(signals, "不换了", period) is None
