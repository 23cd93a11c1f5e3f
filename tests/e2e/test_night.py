"""A shop that is closed answers by itself and hands over."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.e2e.conftest import MakeAgent, MakeBuyer, MakeDesk
from tests.e2e.label_rasa import label_rasa

SHOP, SHOP_ID = "暖灯家居旗舰店", "demo-tmall"
TITLE = "杭州云杉家居有限公司"
CODE = "91330106MA2B1C2D3C"
READ = {
    "在吗": "greet/hello",
    "帮我开张发票": "invoice/issue",
    TITLE: "inform/details",
    CODE: "inform/details",
    "普票": "invoice/type",
    "没有": "deny/no",
}
ANSWERS = ((TITLE, "税号"), (CODE, "普票还是专票"), ("普票", "哪个邮箱"), ("没有", "开票信息都记好了"))


def _shifts(page: Page, url: str) -> None:
    """Open the shifts of the shop that the buyer writes to."""
    page.goto(f"{url}/shifts")
    with page.expect_response(f"**/v1/shops/{SHOP_ID}/hours/preview"):  # it is asked for when the shifts are shown
        _choose(page, "店铺", SHOP)
    expect(page.get_by_role("list", name="往后14天")).to_be_visible()


def _choose(page: Page, name: str, option: str) -> None:
    """Open a list by keyboard and take one of it."""
    page.get_by_role("combobox", name=name).press("Enter")
    page.get_by_role("option", name=option).click()


def _save(page: Page) -> None:
    save = page.get_by_role("button", name="保存")
    expect(save).to_be_enabled()
    save.click()
    expect(page.get_by_text("已保存，马上生效")).to_be_visible()


def test_a_closed_shop_answers_fills_a_form_and_hands_over(
    make_desk: MakeDesk, buyer: MakeBuyer, agent: MakeAgent
) -> None:
    with label_rasa(READ) as port:
        desk = make_desk(NIGHT__SEND="true", RASA__PORT=str(port))
        leader = agent("azhen", at=desk)
        page = leader.page
        _shifts(page, desk.url)
        for _ in range(page.get_by_role("button", name="删除班次").count()):
            page.get_by_role("button", name="删除班次").first.click()
        expect(page.get_by_text("没有班次：一直算下班")).to_be_visible()
        _save(page)
        expect(page.get_by_text("现在没有人在线")).to_be_visible()

        zhang = buyer(at=desk)
        zhang.say("在吗")
        expect(zhang.from_shop("客服现在不在线")).to_have_count(1)
        zhang.say("帮我开张发票")
        expect(zhang.from_shop("抬头")).to_have_count(1)
        for line, answer in (
            (TITLE, "税号"),
            (CODE, "普票还是专票"),
            ("普票", "哪个邮箱"),
            ("没有", "开票信息都记好了"),
        ):
            zhang.say(line)
            expect(zhang.from_shop(answer).last).to_be_visible()

        _choose(page, "用现成的班次", "三班倒，全天有人")
        _save(page)
        expect(page.get_by_text("现在有人在线")).to_be_visible()

        page.goto(f"{desk.url}/handover")
        entry = page.get_by_role("article", name=zhang.shown)
        expect(entry).to_contain_text(TITLE)
        expect(entry).to_contain_text(CODE)
        expect(entry).to_contain_text("请核对后办理：开发票")
        entry.get_by_role("button", name="办完了").click()
        expect(page.get_by_text("没有要交接的事，可以安心上班了")).to_be_visible()
        zhang.say("帮我开张发票")
        expect(page.get_by_role("article")).to_have_count(0)
