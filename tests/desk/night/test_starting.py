from __future__ import annotations

from pathlib import Path

import pytest

from contracts.answer import Answer, Route, Timings
from contracts.understanding import Guess, Understanding
from desk.night.reading import Reading
from desk.night.signals import Signals, load_signals
from desk.night.starting import forgives, started
from files.taxonomy import load_taxonomy

DATA = Path(__file__).parents[3] / "data"
DELIVERY, QUALITY, TITLE = "shipping/delivery_problem", "returns/quality", "invoice/title"


@pytest.fixture(scope="module")
def signals() -> Signals:
    return load_signals(DATA / "signals.yml", load_taxonomy(DATA / "taxonomy.yml"))


def _started(signals: Signals, text: str, topic: str, status: str) -> str | None:
    understood = Understanding((Guess(topic.partition("/")[0], 0.9),), (Guess(topic, 0.9),))
    reading = Reading.of(text, Answer(understood, Route.HOLD, "", (), (), Timings(), ()), signals)
    form = started(reading, status)
    return form.id if form else None


@pytest.mark.parametrize(
    ("text", "topic", "status"),
    [
        ("六楼给送上来吗", DELIVERY, "paid"),
        ("送之前会先联系我吗", DELIVERY, "shipped"),
        ("包不包上楼", DELIVERY, "unpaid"),
        ("白天没人在家的话怎么派送", DELIVERY, "paid"),
        ("大件给搬进屋不", DELIVERY, "shipped"),
        ("容易裂不", QUALITY, "unpaid"),
        ("要是收到是坏的怎么办", QUALITY, "paid"),
        ("会不会有色差", QUALITY, "delivered"),
        ("坏了给换吗", QUALITY, ""),
        ("不给送上楼怎么办", DELIVERY, "unpaid"),
    ],
)
def test_who_asks_what_would_be_tells_of_no_trouble(signals: Signals, text: str, topic: str, status: str) -> None:
    assert _started(signals, text, topic, status) is None


@pytest.mark.parametrize(
    ("text", "topic", "status", "form"),
    [
        ("快递扔门口就走了", DELIVERY, "", "delivery_problem"),
        ("怎么就签收了 我没拿到啊", DELIVERY, "paid", "delivery_problem"),
        ("为啥不给送上来", DELIVERY, "shipped", "delivery_problem"),
        ("包裹是不是丢了 一直没到", DELIVERY, "shipped", "delivery_problem"),
        ("杯口豁了", QUALITY, "", "return_refund"),
        ("怎么用两天就不转了", QUALITY, "delivered", "return_refund"),
        ("裂了怎么处理", QUALITY, "delivered", "return_refund"),
        ("抬头填单位的", TITLE, "paid", "invoice_details"),
        ("那就退了吧 买大了", "returns/how", "delivered", "return_refund"),
        ("还是退货吧 穿着太小", "returns/how", "delivered", "return_refund"),
    ],
)
def test_who_tells_of_one_starts_its_form(signals: Signals, text: str, topic: str, status: str, form: str) -> None:
    assert _started(signals, text, topic, status) == form


EXCHANGE, POLICY, HOW, ITEM, RECIPIENT = (
    "returns/exchange",
    "returns/policy",
    "returns/how",
    "order_change/item",
    "order_change/recipient",
)


@pytest.mark.parametrize(
    ("text", "topic", "status"),
    [
        ("7天无理由退换", POLICY, "delivered"),
        ("申请退货", HOW, "delivered"),
        ("走无理由退货吧", POLICY, "closed"),
        ("就是不太想要了", HOW, "delivered"),
        ("裤子买长了咋退呀", POLICY, "delivered"),
        ("尺寸太小了 怎么换货", EXCHANGE, "delivered"),
    ],
)
def test_what_is_there_goes_back_without_a_word_for_asking(
    signals: Signals, text: str, topic: str, status: str
) -> None:
    assert _started(signals, text, topic, status) == "return_refund"


@pytest.mark.parametrize(
    ("text", "topic", "status"),
    [
        ("7天无理由退换", POLICY, "unpaid"),
        ("支持七天无理由退货吗", POLICY, "delivered"),
        ("不想要了怎么退", POLICY, "paid"),
        ("要是买长了咋退", POLICY, "delivered"),
        ("再不给答复我就退货了", HOW, "delivered"),
        ("怎么退货", HOW, "delivered"),
    ],
)
def test_others_ask_before_it_or_only_how(signals: Signals, text: str, topic: str, status: str) -> None:
    assert _started(signals, text, topic, status) is None


@pytest.mark.parametrize("text", ["收件人写我妹妹", "收货人填我爸的名字", "收货地址写单位"])
def test_whose_name_is_to_stand_there_is_a_change(signals: Signals, text: str) -> None:
    assert _started(signals, text, RECIPIENT, "paid") == "order_change"


@pytest.mark.parametrize("text", ["收件人写错了", "收件人写谁好", "收件人不变", "收件人写了没", "收件人写的我妈"])
def test_a_remark_on_the_recipient_is_none(signals: Signals, text: str) -> None:
    assert _started(signals, text, RECIPIENT, "paid") in (None, "order_change" if "错" in text else None)


@pytest.mark.parametrize(
    "text", ["有一个磕破了皮 没关系 下回包严实点", "少发一颗螺丝 没事 不用补了", "杯子有点瑕疵 也不要紧"]
)
def test_who_forgives_wants_nothing(signals: Signals, text: str) -> None:
    assert forgives(text)
    assert _started(signals, text, QUALITY, "delivered") is None


@pytest.mark.parametrize(
    "text", ["破了两个 没关系 补发就行", "坏了 没事吧", "裂了 你们说没事的", "烂了 没事的话给退点"]
)
def test_who_wants_something_all_the_same_does_not_forgive(text: str) -> None:
    assert not forgives(text)


@pytest.mark.parametrize("text", ["盒子压扁了 不影响吧", "拆过了没关系吧", "吊牌剪了还能退吧"])
def test_whether_it_is_all_right_is_a_question(signals: Signals, text: str) -> None:
    assert _started(signals, text, QUALITY, "delivered") is None
