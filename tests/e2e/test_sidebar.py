"""The side bar in a frame of another desk: the example host of the documentation, and pages that are not allowed."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
from playwright.sync_api import FrameLocator, Page, expect

from tests.e2e.conftest import MakeBuyer, OpenContext
from tests.e2e.host_desk import host_desk
from tests.e2e.running_desk import PASSWORD, RunningDesk


class Host:
    """An agent at the other desk."""

    def __init__(self, page: Page, origin: str, desk: RunningDesk) -> None:
        self.page = page
        page.goto(f"{origin}/sidebar_host.html?desk={desk.url}")

    @property
    def bar(self) -> FrameLocator:
        return self.page.frame_locator("#huashu")

    def enter(self, name: str = "xiaolin", password: str = PASSWORD) -> None:
        self.bar.get_by_label("账号").fill(name)
        self.bar.get_by_label("密码").fill(password)
        self.bar.get_by_role("button", name="登录").click()

    def hears(self, **message: Any) -> None:
        """Wait until this is what the side bar said last."""
        said = json.dumps({"huashu": 1, **message}, ensure_ascii=False, separators=(",", ":"))
        expect(self.page.locator("#said")).to_have_text(said)

    def press(self, button: str, **fields: str) -> None:
        for name, value in fields.items():
            self.page.locator(f"#{name}").fill(value)
        self.page.get_by_role("button", name=button).click()


@pytest.fixture
def host(open_context: OpenContext, origin: str, desk: RunningDesk) -> Host:
    return Host(open_context().new_page(), origin, desk)


def test_a_key_puts_a_reply_into_the_editor_of_the_other_desk(host: Host) -> None:
    host.hears(kind="ready", versions=[1], loggedIn=False)
    host.press("找回复", line="能开专票吗")
    host.enter()
    first = host.bar.get_by_role("listitem").first
    expect(first).to_contain_text("票")
    host.bar.get_by_role("button", name="填入 1").focus()
    host.page.keyboard.press("1")
    editor = host.page.locator("#editor")
    expect(editor).not_to_have_value("")
    assert editor.input_value() in (first.text_content() or "")


def test_the_session_is_the_frames_own_and_lasts_as_long_as_the_tab(host: Host, desk: RunningDesk) -> None:
    host.enter()
    expect(host.bar.get_by_role("textbox", name="买家说")).to_be_visible()
    host.page.reload()
    expect(host.bar.get_by_role("textbox", name="买家说")).to_be_visible()
    assert host.page.context.cookies(desk.url) == []
    host.bar.get_by_role("button", name="退出").click()
    host.page.reload()
    expect(host.bar.get_by_label("账号")).to_be_visible()


def test_an_open_conversation_shows_what_comes_in(host: Host, buyer: MakeBuyer) -> None:
    zhang = buyer()
    zhang.say("拍了两天咋还没发货")
    host.enter()
    host.press("打开这位买家", buyer=zhang.id)
    host.hears(kind="opened", shop="demo-tmall", buyer=zhang.id, found=True)
    expect(host.bar.get_by_role("textbox", name="买家说")).to_have_value("拍了两天咋还没发货")
    expect(host.bar.get_by_role("listitem").first).to_be_visible()
    zhang.say("那能开专票吗")
    expect(host.bar.get_by_role("textbox", name="买家说")).to_have_value("那能开专票吗")


def test_what_cannot_be_done_is_said(host: Host) -> None:
    host.enter()
    host.hears(kind="ready", versions=[1], loggedIn=True)
    host.press("打开这位买家", buyer="nobody")
    host.hears(kind="opened", shop="demo-tmall", buyer="nobody", found=False)
    host.press("找回复", shop="demo-jd")
    host.hears(kind="refused", reason="shop", versions=[1])
    host.page.evaluate("say({huashu: 2, kind: 'hello'})")
    host.hears(kind="refused", reason="version", versions=[1])


def test_another_site_cannot_show_it(desk: RunningDesk, open_context: OpenContext) -> None:
    with host_desk() as elsewhere:
        page = open_context().new_page()
        with page.expect_event("console", lambda said: "frame-ancestors" in said.text):
            host = Host(page, elsewhere, desk)
        expect(host.bar.get_by_label("账号")).to_have_count(0)
        expect(page.locator("#said")).to_be_empty()


def test_a_window_that_is_not_its_frame_gets_no_answer(
    origin: str, desk: RunningDesk, open_context: OpenContext
) -> None:
    page = open_context().new_page()
    page.goto(f"{origin}/sidebar_host.html?desk={desk.url}")
    with page.expect_popup() as opened:
        page.evaluate(f"window.other = window.open('{desk.url}/sidebar')")
    expect(opened.value.get_by_label("账号")).to_be_visible()
    page.evaluate("window.heard = []; addEventListener('message', (event) => heard.push(event.source === other))")
    page.evaluate(f"other.postMessage({{huashu: 1, kind: 'hello'}}, '{desk.url}')")
    page.evaluate("say({kind: 'hello'})")
    page.wait_for_function("heard.length > 0")
    assert page.evaluate("heard") == [False]


def test_the_page_names_exactly_the_origins_that_may_show_it(desk: RunningDesk, origin: str) -> None:
    headers = httpx.get(f"{desk.url}/sidebar", trust_env=False).headers
    assert headers["Content-Security-Policy"].split("; ")[-1] == f"frame-ancestors {origin}"
    assert "X-Frame-Options" not in headers
    panel = httpx.get(f"{desk.url}/", trust_env=False).headers
    assert panel["Content-Security-Policy"].split("; ")[-1] == "frame-ancestors 'none'"
