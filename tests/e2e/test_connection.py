"""A connection that is cut, and a desk that dies: nothing is lost and nothing comes twice."""

from __future__ import annotations

from playwright.sync_api import Route, expect

from tests.e2e.conftest import MakeAgent, MakeBuyer, MakeDesk


def test_a_line_sent_while_the_line_is_cut_arrives_once(buyer: MakeBuyer, agent: MakeAgent) -> None:
    zhang, lin = buyer(), agent()
    zhang.say("能开专票吗")
    lin.open(zhang.shown)
    lin.page.context.set_offline(True)
    expect(lin.page.get_by_role("alert").filter(has_text="连接断了")).to_be_visible()
    lin.write("可以开的亲，抬头发我就行")
    lin.page.keyboard.press("Enter")
    again = lin.talk.get_by_role("button", name="重发")
    expect(again).to_be_visible()
    zhang.say("在吗")
    lin.page.context.set_offline(False)
    expect(lin.said("在吗")).to_have_count(1)
    again.click()
    expect(lin.talk.get_by_text("已送达")).to_be_visible()
    expect(zhang.from_shop("可以开的亲，抬头发我就行")).to_have_count(1)
    expect(lin.said("可以开的亲，抬头发我就行")).to_have_count(1)


def test_an_answer_that_got_lost_on_its_way_back_is_sent_again_and_comes_once(
    buyer: MakeBuyer, agent: MakeAgent
) -> None:
    zhang, lin = buyer(), agent()
    zhang.say("能开专票吗")
    lin.open(zhang.shown)

    def lose(route: Route) -> None:
        if route.request.method == "POST":
            route.fetch()
            route.abort("connectionreset")
        else:
            route.fallback()

    lin.page.route("**/v1/conversations/*/messages", lose)
    lin.write("可以开的亲，抬头发我就行")
    lin.page.keyboard.press("Enter")
    again = lin.talk.get_by_role("button", name="重发")
    expect(again).to_be_visible()
    lin.page.unroute("**/v1/conversations/*/messages")
    again.click()
    expect(again).to_have_count(0)
    expect(lin.said("可以开的亲，抬头发我就行")).to_have_count(1)
    expect(zhang.from_shop("可以开的亲，抬头发我就行")).to_have_count(1)


def test_a_desk_that_was_killed_comes_back_with_everything(
    make_desk: MakeDesk, buyer: MakeBuyer, agent: MakeAgent
) -> None:
    desk = make_desk()
    zhang, lin = buyer(at=desk), agent(at=desk)
    zhang.say("能开专票吗")
    lin.open(zhang.shown)
    expect(lin.offers.first).to_be_visible()
    lin.page.keyboard.press("1")
    expect(zhang.from_shop()).to_have_count(1)
    lin.write("还有别的可以帮您吗")
    desk.kill()
    expect(lin.page.get_by_role("alert").filter(has_text="连接断了")).to_be_visible()
    desk.start()
    zhang.say("好的")
    expect(lin.said("好的")).to_have_count(1)
    expect(lin.editor).to_have_value("还有别的可以帮您吗")
    lin.editor.press("Enter")
    expect(zhang.from_shop("还有别的可以帮您吗")).to_have_count(1)
    expect(zhang.from_shop()).to_have_count(2)
