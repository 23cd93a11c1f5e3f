from __future__ import annotations

from pathlib import Path

import pytest

from bot.entities.patterns import find_entities
from contracts.answer import Answer, Route, Timings
from contracts.forms import FORMS, FormState, FormStatus
from contracts.understanding import Guess, Understanding
from desk.night.reading import Reading
from desk.night.recalling import recalled
from desk.night.signals import Signals, load_signals
from desk.night.talk import Period, Want
from files.taxonomy import load_taxonomy

DATA = Path(__file__).parents[3] / "data"
CHANGE = next(form for form in FORMS if form.id == "order_change")
DONE = FormStatus.DONE


@pytest.fixture(scope="module")
def signals() -> Signals:
    return load_signals(DATA / "signals.yml", load_taxonomy(DATA / "taxonomy.yml"))


def _values(
    signals: Signals,
    text: str,
    parts: dict[str, str],
    collected: dict[str, str] | None = None,
    topic: str = "inform/details",
    last: str = "order_change/item",
) -> list[tuple[str, str]]:
    understood = Understanding((Guess(topic.partition("/")[0], 0.9),), (Guess(topic, 0.9),), find_entities(text))
    reading = Reading.of(text, Answer(understood, Route.HOLD, "", (), (), Timings(), ()), signals)
    form = FormState(CHANGE, status=DONE, about="order_change/item").pieced("new_value", parts) if parts else None
    period = Period(None, form=form, wants=(Want(last, "换一下"),))
    return [(entity.name, entity.value) for entity in recalled(reading, period, collected or {}).entities]


@pytest.mark.parametrize(
    ("text", "parts", "found"),
    [
        ("要不36吧", {"colour": "白色", "size": "35"}, [("size", "36")]),
        ("要不36吧", {"colour": "白色"}, [("size", "36")]),
        ("算了 36", {"size": "35码"}, [("size", "36")]),
        ("还是600的吧", {"size": "450ml"}, [("size", "600ml")]),
        ("还是6吧", {"count": "5盒"}, [("count", "6盒")]),
        ("白色的要36", {"colour": "白色", "size": "35"}, [("colour", "白色"), ("size", "36")]),
        ("浅灰好了", {"colour": "深灰"}, [("colour", "浅灰")]),
        ("要不36吧", {}, [("number", "36")]),
    ],
)
def test_a_bare_value_is_what_was_told_before(
    signals: Signals, text: str, parts: dict[str, str], found: list[tuple[str, str]]
) -> None:
    assert _values(signals, text, parts) == found


def test_the_last_digits_are_those_of_the_order_or_of_the_telephone(signals: Signals) -> None:
    order = {"order_number": "尾号7102"}
    assert _values(signals, "打错了 7120", {}, order) == [("order_number", "尾号7120")]
    assert _values(signals, "7120", {}, order) == [("number", "7120")]
    whole = {"order_number": "220118833771127102"}
    assert _values(signals, "错了 尾号是7120", {}, whole) == [("order_number", "220118833771127120")]
    phone = {"phone": "13811113344"}
    assert _values(signals, "错了最后四位是3345", phone) == [("phone", "13811113345")]
    assert _values(signals, "错了是3345", phone, order) == [("phone", "13811113345")]


def test_a_price_is_no_size(signals: Signals) -> None:
    parts = {"colour": "白色", "size": "35"}
    bargain = "discount/bargain"
    assert _values(signals, "30就要了", parts, topic=bargain, last=bargain) == [("number", "30")]
