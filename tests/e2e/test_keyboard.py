"""An agent without a mouse."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.agent import Agent
from tests.e2e.conftest import MakeAgent, MakeBuyer, OpenContext
from tests.e2e.running_desk import PASSWORD, RunningDesk


def test_from_the_login_to_the_answer(desk: RunningDesk, buyer: MakeBuyer, open_context: OpenContext) -> None:
    zhang = buyer("demo-pdd")
    zhang.say("拍了两天了咋还没发货")
    page = open_context().new_page()
    page.goto(f"{desk.url}/login")
    keys = page.keyboard
    keys.insert_text("laozhou")
    keys.press("Tab")
    keys.insert_text(PASSWORD)
    keys.press("Enter")
    lines = page.get_by_role("region", name="对话", exact=True)
    expect(page.get_by_role("region", name="待回复")).to_be_visible()
    expect(page.get_by_text(zhang.shown)).to_be_visible()
    _choose(page, zhang.shown)
    expect(page.get_by_role("region", name="建议回复").get_by_role("listitem").first).to_be_visible()
    keys.press("1")
    expect(zhang.from_shop()).to_have_count(1)
    expect(lines).to_be_focused()


def _choose(page: Page, shown: str) -> None:
    """Go through the queue from its head until this buyer is open."""
    here = page.locator("button[aria-current='true']")
    page.keyboard.press("n")
    for _ in range(100):
        expect(here).to_be_visible()
        if shown in (here.text_content() or ""):
            return
        page.keyboard.press("j")
    raise AssertionError(f"{shown} was not reached")


@pytest.fixture
def lin(buyer: MakeBuyer, agent: MakeAgent) -> Agent:
    """An agent with an open conversation."""
    zhang, lin = buyer(), agent()
    zhang.say("能开专票吗")
    lin.open(zhang.shown)
    lin.offer(1)
    return lin


def test_the_library_inserts_at_the_cursor_and_keeps_the_draft(lin: Agent) -> None:
    keys = lin.page.keyboard
    lin.write("您好，请放心")
    for _ in range(3):
        keys.press("ArrowLeft")
    keys.press("Escape")
    expect(lin.talk).to_be_focused()
    keys.press("/")
    expect(lin.page.get_by_role("combobox", name="搜话术库")).to_be_focused()
    keys.insert_text("什么时候发货")
    option = lin.page.get_by_role("option", selected=True)
    expect(option).to_be_visible()
    found = option.locator(".text").text_content() or ""
    keys.press("Enter")
    expect(lin.editor).to_be_focused()
    expect(lin.editor).to_have_value(f"您好，{found}请放心")


def test_a_suggestion_is_rejected_with_a_reason(lin: Agent) -> None:
    keys = lin.page.keyboard
    keys.press("r")
    dialog = lin.page.get_by_role("dialog", name="这条建议不合适")
    expect(dialog).to_be_visible()
    expect(dialog.locator(":focus")).to_have_count(1)
    dialog.get_by_label("原因（可不填）").press("Enter")
    expect(dialog).to_have_count(0)
    expect(lin.page.get_by_text("已标记不合适").first).to_be_visible()
    expect(lin.page.locator("body:focus")).to_have_count(0)


def test_help_opens_and_leaves_the_focus_where_it_was(lin: Agent) -> None:
    keys = lin.page.keyboard
    keys.press("?")
    dialog = lin.page.get_by_role("dialog", name="键盘操作")
    expect(dialog).to_be_visible()
    keys.press("1")
    expect(dialog).to_be_visible()
    keys.press("Escape")
    expect(dialog).to_have_count(0)
    expect(lin.talk).to_be_focused()


def test_keys_are_letters_in_the_editor(lin: Agent) -> None:
    lin.write("")
    lin.page.keyboard.type("1n/r?j")
    expect(lin.editor).to_have_value("1n/r?j")
    expect(lin.said("1n")).to_have_count(0)


def test_tab_reaches_every_part_and_is_caught_in_none(lin: Agent) -> None:
    around = """() => {
      const found = []
      for (let at = document.activeElement; at; at = at.parentElement)
        if (at.ariaLabel) found.push(at.ariaLabel)
      return [document.activeElement.outerHTML.slice(0, 200), found]
    }"""
    lin.page.locator("body").press("Tab")
    first, seen = lin.page.evaluate(around)
    for _ in range(200):
        lin.page.keyboard.press("Tab")
        now, parts = lin.page.evaluate(around)
        seen += parts
        if now == first:
            break
    assert now == first, "the focus comes round"
    assert {"主导航", "待回复", "对话", "回复内容", "建议回复"} <= set(seen)
