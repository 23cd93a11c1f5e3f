"""The buyer's chat window of the demo."""

from __future__ import annotations

import httpx
import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import MakeBuyer
from tests.e2e.running_desk import RunningDesk

PHONE = {"width": 390, "height": 780}


def test_what_a_buyer_writes_stands_there_once_and_after_a_reload(buyer: MakeBuyer) -> None:
    zhang = buyer("demo-jd")
    zhang.say("键盘保修多久")
    zhang.page.reload()
    expect(zhang.lines("键盘保修多久")).to_have_count(1)
    expect(zhang.page.get_by_role("region", name="我的订单")).to_be_visible()


def test_each_shop_and_each_buyer_has_a_chat_of_its_own(desk: RunningDesk, buyer: MakeBuyer) -> None:
    zhang = buyer("demo-jd")
    zhang.say("有发票吗")
    zhang.page.get_by_label("选一家店").select_option("demo-pdd")
    expect(zhang.page.get_by_role("log", name="和丰收果园的聊天")).to_be_visible()
    expect(zhang.lines("有发票吗")).to_have_count(0)
    zhang.page.goto(f"{desk.url}/demo/buyer?shop=demo-jd")
    expect(zhang.lines("有发票吗")).to_have_count(1)
    zhang.page.get_by_role("button", name="换一位买家").click()
    expect(zhang.lines("有发票吗")).to_have_count(0)


def test_a_line_that_did_not_get_through_is_sent_again_and_stands_once(buyer: MakeBuyer) -> None:
    zhang = buyer("demo-jd")
    context = zhang.page.context
    context.set_offline(True)
    zhang.box.fill("能发顺丰吗")
    zhang.box.press("Enter")
    again = zhang.page.get_by_role("button", name="没发出去，点这里再发一次")
    expect(again).to_be_visible()
    context.set_offline(False)
    again.click()
    expect(zhang.lines("能发顺丰吗")).to_have_count(1)
    expect(again).to_have_count(0)
    zhang.page.reload()
    expect(zhang.lines("能发顺丰吗")).to_have_count(1)


def test_it_fits_a_phone(buyer: MakeBuyer) -> None:
    zhang = buyer("demo-jd", viewport=PHONE, has_touch=True)
    zhang.say("在吗")
    wide, high = zhang.page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
    assert wide <= PHONE["width"]
    assert high <= PHONE["height"]
    expect(zhang.box).to_be_in_viewport()


@pytest.mark.parametrize("key", ["Enter", "Shift+Enter"])
def test_enter_that_chooses_a_word_sends_nothing(buyer: MakeBuyer, key: str) -> None:
    zhang = buyer("demo-jd")
    zhang.box.fill("在")
    if key == "Enter":
        composing = "new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true, cancelable: true})"
        zhang.box.evaluate(f"box => box.dispatchEvent({composing})")
    else:
        zhang.box.press(key)
    expect(zhang.box).to_have_value("在" if key == "Enter" else "在\n")
    expect(zhang.page.get_by_text("还没有消息")).to_be_visible()


def test_a_busy_hour_is_begun_once_and_its_buyers_reach_the_desk(desk: RunningDesk, buyer: MakeBuyer) -> None:
    page = buyer("demo-kuaishou").page
    page.get_by_role("button", name="模拟忙碌一小时").click()
    expect(page.get_by_role("button", name="模拟忙碌一小时")).to_be_disabled()
    path = f"{desk.url}/v1/demo/demo-kuaishou/busy-hour"
    assert httpx.post(path, trust_env=False).status_code == 409
    expect(page.get_by_text("买家正在进店")).to_be_visible()
    expect(page.get_by_text("买家正在进店：0 /")).to_have_count(0)
    assert httpx.get(path, trust_env=False).json()["played"] > 0
