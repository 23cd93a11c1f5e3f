"""No page has a fault that axe calls serious or critical, light or dark."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.agent import Agent
from tests.e2e.axe import faults
from tests.e2e.conftest import MakeAgent, MakeBuyer, OpenContext
from tests.e2e.running_desk import PASSWORD, RunningDesk

THEMES = pytest.mark.parametrize("theme", ["light", "dark"])


_AT_REST = """() => document.getAnimations().every(
  (one) => one.playState !== 'running' || one.effect.getTiming().iterations === Infinity
)"""


def _settled(page: Page) -> list[str]:
    """The faults once what moves has come to rest."""
    page.wait_for_function(_AT_REST)
    return faults(page)


@THEMES
def test_pages_without_a_login(desk: RunningDesk, open_context: OpenContext, buyer: MakeBuyer, theme: str) -> None:
    page = open_context(color_scheme=theme).new_page()
    page.goto(f"{desk.url}/login")
    expect(page.get_by_label("账号")).to_be_visible()
    assert _settled(page) == []
    zhang = buyer(color_scheme=theme)
    assert _settled(zhang.page) == []
    zhang.say("能开专票吗")
    assert _settled(zhang.page) == []


@THEMES
def test_the_desk_with_an_open_conversation_and_its_dialogs(buyer: MakeBuyer, agent: MakeAgent, theme: str) -> None:
    zhang, lin = buyer(), agent(color_scheme=theme)
    assert _settled(lin.page) == []
    zhang.say("能开专票吗")
    lin.open(zhang.shown)
    lin.offer(1)
    lin.write("可以的，加6个税点就行")
    expect(lin.page.get_by_text("不能发送").first).to_be_visible()
    assert _settled(lin.page) == []
    lin.page.keyboard.press("Escape")
    for key, dialog in (("?", "键盘操作"), ("/", "搜话术库"), ("r", "这条建议不合适")):
        lin.page.keyboard.press(key)
        expect(lin.page.get_by_role("dialog", name=dialog)).to_be_visible()
        if key == "/":
            lin.page.keyboard.insert_text("发货")
            expect(lin.page.get_by_role("option").first).to_be_visible()
        assert _settled(lin.page) == [], dialog
        lin.page.keyboard.press("Escape")
        expect(lin.page.get_by_role("dialog")).to_have_count(0)


@THEMES
def test_every_page_of_the_navigation(agent: MakeAgent, theme: str) -> None:
    boss = agent("boss", color_scheme=theme)
    found = {path: _faults_at(boss, path) for path in (*_paths(boss), "/password")}
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


def _paths(agent: Agent) -> tuple[str, ...]:
    links = agent.page.get_by_role("navigation").get_by_role("link").all()
    return tuple(link.get_attribute("href") or "" for link in links)


def _faults_at(agent: Agent, path: str) -> list[str]:
    agent.page.goto(f"{agent.url}{path}")
    agent.page.wait_for_load_state("networkidle")
    return _settled(agent.page)


@THEMES
def test_the_side_bar(desk: RunningDesk, origin: str, open_context: OpenContext, theme: str) -> None:
    page = open_context(color_scheme=theme).new_page()
    page.goto(f"{origin}/sidebar_host.html?desk={desk.url}")
    bar = page.frame_locator("#huashu")
    frame = next(frame for frame in page.frames if frame.url.endswith("/sidebar"))
    bar.get_by_label("账号").fill("xiaolin")
    assert faults(frame) == []
    bar.get_by_label("密码").fill(PASSWORD)
    bar.get_by_role("button", name="登录").click()
    bar.get_by_role("textbox", name="买家说").fill("能开专票吗")
    bar.get_by_role("button", name="找回复").click()
    expect(bar.get_by_role("listitem").first).to_be_visible()
    assert faults(frame) == []
