"""The buyer's chat window of the demo."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest
from playwright.sync_api import BrowserContext, expect

from tests.e2e.buyer import Buyer
from tests.e2e.conftest import OpenPage
from tests.e2e.running_desk import RunningDesk

PHONE = {"width": 390, "height": 780}


def test_what_a_buyer_writes_stands_there_once_and_after_a_reload(desk: RunningDesk, open_page: OpenPage) -> None:
    buyer = Buyer(open_page(desk.url), desk.url, "demo-jd")
    buyer.say("键盘保修多久")
    buyer.page.reload()
    expect(buyer.lines("键盘保修多久")).to_have_count(1)
    expect(buyer.page.get_by_role("region", name="我的订单")).to_be_visible()


def test_each_shop_and_each_buyer_has_a_chat_of_its_own(desk: RunningDesk, open_page: OpenPage) -> None:
    buyer = Buyer(open_page(desk.url), desk.url, "demo-jd")
    buyer.say("有发票吗")
    buyer.page.get_by_role("combobox", name="选一家店").click()
    buyer.page.get_by_role("option", name="丰收果园").click()
    expect(buyer.page.get_by_role("log", name="和丰收果园的聊天")).to_be_visible()
    expect(buyer.lines("有发票吗")).to_have_count(0)
    buyer.page.goto(f"{desk.url}/demo/buyer?shop=demo-jd")
    expect(buyer.lines("有发票吗")).to_have_count(1)
    buyer.page.get_by_role("button", name="换一位买家").click()
    expect(buyer.lines("有发票吗")).to_have_count(0)


def test_a_line_that_did_not_get_through_is_sent_again_and_stands_once(
    desk: RunningDesk, open_context: Callable[..., BrowserContext]
) -> None:
    context = open_context()
    buyer = Buyer(context.new_page(), desk.url, "demo-jd")
    context.set_offline(True)
    buyer.box.fill("能发顺丰吗")
    buyer.box.press("Enter")
    again = buyer.page.get_by_role("button", name="没发出去，点这里再发一次")
    expect(again).to_be_visible()
    context.set_offline(False)
    again.click()
    expect(buyer.lines("能发顺丰吗")).to_have_count(1)
    expect(again).to_have_count(0)
    buyer.page.reload()
    expect(buyer.lines("能发顺丰吗")).to_have_count(1)


def test_it_fits_a_phone(desk: RunningDesk, open_page: OpenPage) -> None:
    buyer = Buyer(open_page(desk.url, viewport=PHONE, has_touch=True), desk.url, "demo-jd")
    buyer.say("在吗")
    wide, high = buyer.page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
    assert wide <= PHONE["width"]
    assert high <= PHONE["height"]
    expect(buyer.box).to_be_in_viewport()


@pytest.mark.parametrize("key", ["Enter", "Shift+Enter"])
def test_enter_that_chooses_a_word_sends_nothing(desk: RunningDesk, open_page: OpenPage, key: str) -> None:
    buyer = Buyer(open_page(desk.url), desk.url, "demo-jd")
    buyer.box.fill("在")
    if key == "Enter":
        composing = "new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true, cancelable: true})"
        buyer.box.evaluate(f"box => box.dispatchEvent({composing})")
    else:
        buyer.box.press(key)
    expect(buyer.box).to_have_value("在" if key == "Enter" else "在\n")
    expect(buyer.page.get_by_text("还没有消息")).to_be_visible()


def test_a_busy_hour_is_begun_once_and_its_buyers_reach_the_desk(desk: RunningDesk, open_page: OpenPage) -> None:
    page = open_page(f"{desk.url}/demo/buyer?shop=demo-kuaishou")
    page.get_by_role("button", name="模拟忙碌一小时").click()
    expect(page.get_by_role("button", name="模拟忙碌一小时")).to_be_disabled()
    path = f"{desk.url}/v1/demo/demo-kuaishou/busy-hour"
    assert httpx.post(path, trust_env=False).status_code == 409
    expect(page.get_by_text("买家正在进店")).to_be_visible()
    expect(page.get_by_text("买家正在进店：0 /")).to_have_count(0)
    assert httpx.get(path, trust_env=False).json()["played"] > 0
