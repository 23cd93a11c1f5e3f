from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from contracts.answer import Answer, Route, Timings
from contracts.dialogue import Dialogue
from contracts.forms import FORMS, FormState
from contracts.platform import Platform
from contracts.shop import Shop
from contracts.turn import Speaker, Turn
from contracts.understanding import Guess, Understanding
from desk.night.context import in_context
from desk.night.reading import Reading
from desk.night.signals import Signals, load_signals
from desk.night.talk import Line, Period, Talk, Want
from desk.shifts import Calendar
from files.taxonomy import load_taxonomy

DATA = Path(__file__).parents[3] / "data"
NIGHT = datetime(2026, 11, 20, 2, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
PERSON = "human/request"
WHICH = (Speaker.ROBOT, "可以开的，开票不另外收钱。您看开个人还是公司抬头？")
PARCEL = (Want("shipping/delivery_problem", "快递没送上来"),)
INVOICE = (Want("invoice/issue", "能开票吗"),)


@pytest.fixture(scope="module")
def signals() -> Signals:
    return load_signals(DATA / "signals.yml", load_taxonomy(DATA / "taxonomy.yml"))


def _read(
    signals: Signals,
    text: str,
    topic: str,
    *before: tuple[Speaker, str],
    wants: tuple[Want, ...] = (),
    form: FormState | None = None,
) -> Reading:
    shop = Shop("s", Platform.TMALL, "店")
    talk = Talk(Dialogue("d", Platform.TMALL, ()), shop, Calendar.of(shop))
    for number, (speaker, words) in enumerate((*before, (Speaker.BUYER, text))):
        talk.lines.append(Line(Turn(speaker, words), NIGHT + timedelta(seconds=number)))
    understood = Understanding((Guess(topic.partition("/")[0], 0.9),), (Guess(topic, 0.9),))
    answer = Answer(understood, Route.HOLD, "", (), (), Timings(), ())
    return in_context(Reading.of(text, answer, signals), talk, Period(None, wants=wants, form=form), signals)


@pytest.mark.parametrize("text", ["个人", "要的 个人 王小二", "个人吧", "公司的", "私人", "单位", "企业", "杨柳青"])
def test_a_choice_of_the_question_is_the_answer(signals: Signals, text: str) -> None:
    reading = _read(signals, text, PERSON, WHICH, wants=INVOICE)
    assert reading.replies
    assert not reading.has("person")


@pytest.mark.parametrize("text", ["真人", "人工", "转人工", "客服", "叫个活人来", "老板在吗"])
def test_who_asks_for_people_answers_nothing(signals: Signals, text: str) -> None:
    assert _read(signals, text, PERSON, WHICH, wants=INVOICE).has("person")


def test_a_choice_that_nobody_offered_is_none(signals: Signals) -> None:
    assert _read(signals, "个人", PERSON, (Speaker.ROBOT, "默认发中通。"), wants=INVOICE).has("person")
    assert _read(signals, "个人", PERSON).has("person")


def test_a_form_that_runs_waits_for_a_value_though_nothing_was_asked(signals: Signals) -> None:
    form = FormState(next(form for form in FORMS if form.id == "invoice_details"))
    assert _read(signals, "个人 陈一诺", PERSON, wants=INVOICE, form=form).replies
    assert _read(signals, "找个活人来", PERSON, wants=INVOICE, form=form).has("person")


@pytest.mark.parametrize(
    "text", ["打了几遍都不接", "小哥手机关机", "没人联系我", "拨过去是空号", "派送的电话占线", "打他三次都没人理"]
)
def test_calls_in_vain_belong_to_the_story_of_the_parcel(signals: Signals, text: str) -> None:
    reading = _read(signals, text, PERSON, wants=PARCEL)
    assert reading.story
    assert not reading.has("person")


@pytest.mark.parametrize(
    "text", ["电话不接 给我转人工", "打你们电话没人接", "没收到 打电话给我", "没人接 客服呢", "人呢", "再不送我投诉"]
)
def test_who_turns_to_us_tells_no_story(signals: Signals, text: str) -> None:
    reading = _read(signals, text, PERSON, wants=PARCEL)
    assert not reading.story
    assert reading.has("person")


def test_without_a_parcel_calls_in_vain_are_calls_to_us(signals: Signals) -> None:
    assert _read(signals, "打了几遍都不接", PERSON, wants=INVOICE).has("person")


def test_compensation_is_no_dispute_about_a_refund(signals: Signals) -> None:
    anger, words = "complaint/anger", "凭什么拖这么久"
    assert [signal.id for signal in _read(signals, words, anger).signals if signal.id == "dispute"] == []
    assert _read(signals, words, anger).has("complaint")
    assert _read(signals, words, anger, (Speaker.BUYER, "退的钱没到账")).has("dispute")
    assert _read(signals, "凭什么还不退", anger).has("dispute")


@pytest.mark.parametrize("text", ["收到没有", "看得懂不嘛", "明白了吗", "行不"])
def test_who_makes_sure_that_he_was_understood_assents_to_nothing(signals: Signals, text: str) -> None:
    assert _read(signals, text, "affirm/yes").small_talk == ""


@pytest.mark.parametrize("text", ["好嘛", "行的", "嗯 没有了"])
def test_assent_stays_assent(signals: Signals, text: str) -> None:
    assert _read(signals, text, "affirm/yes").small_talk == "affirm"


@pytest.mark.parametrize("text", ["压根没人给我来电话", "也没谁给我打电话"])
def test_nobody_called_me_is_part_of_the_story(signals: Signals, text: str) -> None:
    reading = _read(signals, text, PERSON, wants=PARCEL)
    assert reading.story
    assert not reading.has("person")
