from __future__ import annotations

from datetime import datetime

import pytest

from bot.entities.patterns import find_entities
from contracts.forms import FORMS, FormState, FormStatus
from contracts.handover import Promise
from contracts.understanding import Entity
from desk.night.book import collect, entry
from desk.night.points import Point
from desk.night.talk import ATTACHED, Period, Want

LABELS = {"invoice/issue": "开发票", "shipping/freight": "运费"}
BACK = datetime(2026, 11, 20, 9, 0)
INVOICE = next(form for form in FORMS if form.id == "invoice_details")


def _entities(*pairs: tuple[str, str]) -> tuple[Entity, ...]:
    return tuple(Entity(name, value, 0, 1) for name, value in pairs)


def test_the_last_word_counts() -> None:
    collected: dict[str, str] = {}
    collect(collected, "电话一", _entities(("phone", "1"), ("date", "昨天")))
    collect(collected, "要白色，拍成黑色了", _entities(("colour", "白色"), ("colour", "黑色")))
    collect(collected, "电话二", _entities(("phone", "2")))
    assert collected == {"phone": "2", "colour": "白色"}


def test_a_faulty_tax_number_is_not_taken() -> None:
    collected: dict[str, str] = {}
    collect(collected, "税号", _entities(("tax_number", "91330106MA2B1C2D31"), ("invoice_title", "公司")))
    assert collected == {}


def _collected(*texts: str) -> dict[str, str]:
    collected: dict[str, str] = {}
    for text in texts:
        collect(collected, text, find_entities(text))
    return collected


def test_what_is_asked_about_is_no_value() -> None:
    assert _collected("几天能到青海", "青海呢", "39码的脚长多少", "有没有红色的") == {}
    assert _collected("说好红色 寄来的是蓝色") == {"colour": "红色"}
    assert _collected("什么时候有货 想要红色L码") == {"colour": "红色", "size": "L码"}
    assert _collected("能送到西宁市城中区示例路9号吗") == {"address": "西宁市城中区示例路9号"}


def test_a_number_with_stars_is_not_taken() -> None:
    assert _collected("李敏 138****2233") == {"person_name": "李敏"}


def test_what_is_urgent_comes_first_and_each_topic_once() -> None:
    wants = (
        Want("invoice/issue", "能开票吗"),
        Want("找人", "转人工", urgent=True),
        Want("shipping/freight", "包邮吗"),
        Want("invoice/issue", "怎么开"),
    )
    found = entry(Period(None, wants=wants), {}, (), BACK, LABELS)
    assert found.wants == "找人：“转人工”；开发票：“能开票吗”；运费：“包邮吗”"


def test_a_form_says_what_it_lacks_and_what_was_refused() -> None:
    state = FormState(INVOICE).filled({"invoice_title": "云栖贸易有限公司"}).failed("tax_number", "123")
    found = entry(Period(None, form=state, asks=(Point("a", "待答复"),)), {"email": "x"}, (), BACK, LABELS)
    assert found.form == "invoice_details"
    assert found.asks == ("税号“123”核对不上，请和买家确认", "开发票还缺：票种（普票或专票）", "待答复")
    assert found.collected == {"email": "x", "invoice_title": "云栖贸易有限公司"}


def test_a_form_that_was_called_off_is_gone() -> None:
    state = FormState(INVOICE, status=FormStatus.STOPPED).filled({"invoice_title": "云栖"})
    found = entry(Period(None, form=state), {}, (), BACK, LABELS)
    assert (found.form, found.asks, found.collected) == (None, (), {})


def test_what_was_called_off_is_not_collected_any_more() -> None:
    form = next(form for form in FORMS if form.id == "order_change")
    state = FormState(form, status=FormStatus.STOPPED).pieced("new_value", {"colour": "红色"})
    found = entry(Period(None, form=state), {"colour": "红色", "phone": "1"}, (), BACK, LABELS)
    assert found.collected == {"phone": "1"}


def test_a_value_that_came_in_part_is_shown_as_far_as_it_goes() -> None:
    form = next(form for form in FORMS if form.id == "order_change")
    state = FormState(form).filled({"order_number": "1"}).gathering("new_value", {"address": "青海省"})
    found = entry(Period(None, form=state), {}, (), BACK, LABELS)
    assert found.asks == ("改订单还缺：改成什么（只有“青海省”，还不完整）",)


def test_the_order_of_the_conversation_is_no_number() -> None:
    form = next(form for form in FORMS if form.id == "order_change")
    found = entry(Period(None, form=FormState(form).filled({"order_number": ATTACHED})), {}, (), BACK, LABELS)
    assert found.collected == {}


def test_what_is_only_asked_about_is_not_collected() -> None:
    collected: dict[str, str] = {}
    collect(collected, "白色还是灰色耐脏", (Entity("colour", "白色", 0, 2), Entity("colour", "灰色", 4, 6)))
    collect(collected, "个人和公司有区别吗", (Entity("invoice_title", "个人", 0, 2),))
    collect(
        collected, "抬头写苏州公司的", (Entity("address", "苏州", 3, 5), Entity("invoice_title", "苏州公司的", 3, 8))
    )
    assert collected == {}


def test_who_only_brings_something_wants_it_taken() -> None:
    found = entry(Period(None).asking("details", "买家发来资料：", "电话给您了"), {}, (), BACK, LABELS)
    assert found.wants == "买家发来资料：“电话给您了”"
    named = entry(
        Period(None, wants=(Want("shipping/freight", "包邮吗"),)).asking("details", "", "1"), {}, (), BACK, LABELS
    )
    assert named.wants == "运费：“包邮吗”"


def test_a_promise_is_kept_once() -> None:
    promise = Promise("上班后回复", BACK)
    period = Period(None).promising(promise).promising(promise)
    assert entry(period, {}, (), BACK, LABELS).promises == (promise,)


@pytest.mark.parametrize("code", ["9144030078901234", "914403007890123456"])
def test_a_faulty_tax_number_is_no_order_number(code: str) -> None:
    state = FormState(INVOICE).doubted("tax_number", code)
    collected: dict[str, str] = {}
    collect(collected, code, find_entities(code), state)
    assert "order_number" not in collected


def test_an_order_number_beside_a_tax_number_is_kept() -> None:
    state = FormState(INVOICE).doubted("tax_number", "9144030078901234")
    collected: dict[str, str] = {}
    collect(collected, "订单220118833771122009", find_entities("订单220118833771122009"), state)
    assert collected["order_number"] == "220118833771122009"


def test_what_the_buyer_came_with_stays_among_the_wishes() -> None:
    topics = ("invoice/issue", "shipping/delay", "returns/how", "product/recommend", "coupon/get")
    wants = tuple(Want(topic, f"话{place}") for place, topic in enumerate(topics))
    assert entry(Period(None, wants=wants), {}, (), BACK, {}).wants.count("：") == 3
    assert "话0" in entry(Period(None, wants=wants), {}, (), BACK, {}).wants
    urgent = (*wants, Want("很不满意", "话5", urgent=True))
    found = entry(Period(None, wants=urgent), {}, (), BACK, {}).wants
    assert found.startswith("很不满意")
    assert found.endswith("“话0”")
