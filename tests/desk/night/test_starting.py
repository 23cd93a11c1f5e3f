from __future__ import annotations

from pathlib import Path

import pytest

from contracts.answer import Answer, Route, Timings
from contracts.understanding import Guess, Understanding
from desk.night.reading import Reading
from desk.night.signals import Signals, load_signals
from desk.night.starting import started
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
    ],
)
def test_who_tells_of_one_starts_its_form(signals: Signals, text: str, topic: str, status: str, form: str) -> None:
    assert _started(signals, text, topic, status) == form
