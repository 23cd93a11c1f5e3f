"""A buyer asks in the demo page and an agent answers in the panel."""

from __future__ import annotations

import re

from playwright.sync_api import Route, expect

from tests.e2e.conftest import MakeAgent, MakeBuyer

SURCHARGE = "可以开专票的，加6个税点就行"


def test_key_1_sends_the_first_suggestion_and_the_buyer_sees_it(buyer: MakeBuyer, agent: MakeAgent) -> None:
    zhang, lin = buyer(), agent()
    zhang.say("能开专票吗")
    lin.open(zhang.shown)
    text = lin.offer(1)
    lin.page.keyboard.press("1")
    expect(zhang.from_shop(text)).to_have_count(1)
    expect(lin.said(text)).to_have_count(1)
    expect(lin.talk.get_by_text("已送达")).to_be_visible()
    expect(lin.talk).to_be_focused()


def test_a_line_that_comes_in_is_in_the_queue_without_a_reload(buyer: MakeBuyer, agent: MakeAgent) -> None:
    lin, zhang = agent(), buyer()
    zhang.say("怎么还没发货")
    expect(lin.queue.get_by_role("button").filter(has_text=zhang.shown)).to_contain_text("怎么还没发货")


def test_what_adds_tax_points_cannot_be_sent_and_the_offered_wording_can(buyer: MakeBuyer, agent: MakeAgent) -> None:
    zhang, lin = buyer(), agent()
    zhang.say("能开专票吗")
    lin.open(zhang.shown)
    lin.write(SURCHARGE)
    finding = lin.page.get_by_role("listitem").filter(has_text="不能发送")
    expect(finding).to_contain_text("税点")
    expect(lin.editor).to_have_attribute("aria-invalid", "true")
    expect(lin.page.locator("mark.block")).to_have_text(re.compile("6个税点"))
    lin.page.keyboard.press("Enter")
    expect(lin.page.get_by_role("alert").filter(has_text="这句不能发")).to_be_visible()
    expect(lin.editor).to_have_value(SURCHARGE)

    finding.get_by_role("button", name="改成这句").click()
    expect(lin.editor).not_to_have_attribute("aria-invalid", "true")
    offered = lin.editor.input_value()
    assert "6个" not in offered
    lin.page.keyboard.press("Enter")
    expect(zhang.from_shop(offered)).to_have_count(1)
    expect(zhang.from_shop()).to_have_count(1)


def test_a_suggestion_is_edited_before_it_leaves(buyer: MakeBuyer, agent: MakeAgent) -> None:
    zhang, lin = buyer(), agent()
    zhang.say("能开专票吗")
    lin.open(zhang.shown)
    text = lin.offer(1)
    lin.page.keyboard.press("Shift+Digit1")
    expect(lin.editor).to_have_value(text)
    lin.page.keyboard.insert_text("辛苦您啦")
    lin.page.keyboard.press("Enter")
    expect(zhang.from_shop(f"{text}辛苦您啦")).to_have_count(1)
    expect(lin.editor).to_have_value("")


def test_of_two_agents_each_sees_what_the_other_does(buyer: MakeBuyer, agent: MakeAgent) -> None:
    zhang, lin, zhen = buyer(), agent("xiaolin"), agent("azhen")
    zhang.say("能开专票吗")
    lin.open(zhang.shown)
    zhen.open(zhang.shown)
    lin.write("可以开的亲")
    expect(zhen.page.get_by_text("xiaolin 正在回复这位买家")).to_be_visible()
    lin.page.keyboard.press("Enter")
    expect(zhen.said("可以开的亲")).to_have_count(1)
    expect(zhen.page.get_by_text("xiaolin 正在回复这位买家")).to_have_count(0)
    expect(zhen.talk.get_by_text("已送达")).to_be_visible()
    expect(zhang.from_shop("可以开的亲")).to_have_count(1)


def test_a_draft_survives_a_reload(buyer: MakeBuyer, agent: MakeAgent) -> None:
    zhang, lin = buyer(), agent()
    zhang.say("能开专票吗")
    lin.open(zhang.shown)
    lin.write("可以开的亲，抬头")
    lin.page.reload()
    expect(lin.editor).to_have_value("可以开的亲，抬头")
    expect(lin.queue.get_by_role("button").filter(has_text=zhang.shown)).to_contain_text("草稿")
    lin.write("发我一下")
    lin.page.keyboard.press("Enter")
    expect(zhang.from_shop("可以开的亲，抬头发我一下")).to_have_count(1)


def test_one_may_write_on_while_the_conversation_still_loads(buyer: MakeBuyer, agent: MakeAgent) -> None:
    zhang, lin = buyer(), agent()
    zhang.say("能开专票吗")
    lin.open(zhang.shown)
    lin.write("可以开的亲，")
    held: list[Route] = []
    lin.page.route("**/v1/conversations/*", lambda route: held.append(route))  # a builtin is no handler
    lin.page.reload()
    expect(lin.editor).to_have_value("可以开的亲，")
    lin.write("抬头发我一下")
    expect(lin.editor).to_have_value("可以开的亲，抬头发我一下")
    assert held
    for request in held:
        request.continue_()
    lin.page.unroute("**/v1/conversations/*")
    expect(lin.talk.get_by_text("能开专票吗")).to_be_visible()
    lin.page.keyboard.press("Enter")
    expect(zhang.from_shop("可以开的亲，抬头发我一下")).to_have_count(1)


def test_an_agent_of_another_shop_sees_nothing_of_it(buyer: MakeBuyer, agent: MakeAgent) -> None:
    zhang, lin = buyer("demo-tmall"), agent("xiaolin")
    zhang.say("能开专票吗")
    lin.open(zhang.shown)
    talk = lin.page.url.split("?")[1]
    zhou = agent("laozhou")
    fruit = buyer("demo-pdd")
    fruit.say("苹果甜不甜")
    expect(zhou.queue.get_by_role("button").filter(has_text=fruit.shown)).to_be_visible()
    expect(zhou.queue.get_by_role("button").filter(has_text=zhang.shown)).to_have_count(0)
    zhou.page.goto(f"{zhou.url}/?{talk}")
    expect(zhou.page.get_by_text("没有加载出来")).to_be_visible()
    expect(zhou.page.get_by_text("能开专票吗")).to_have_count(0)
