"""The side bar in a frame of another desk: the example host of the documentation, and pages that are not allowed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from playwright.sync_api import FrameLocator, Page, expect

from tests.e2e.buyer import Buyer
from tests.e2e.conftest import MakeDesk, OpenPage
from tests.e2e.host_desk import host_desk
from tests.e2e.running_desk import PASSWORD, RunningDesk


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    """The desk of somebody else that may show the side bar."""
    with host_desk() as found:
        yield found


@pytest.fixture(scope="module")
def framed(make_desk: MakeDesk, origin: str) -> RunningDesk:
    return make_desk(DESK__FRAME_ORIGINS=json.dumps([origin]))


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
def host(open_page: OpenPage, origin: str, framed: RunningDesk) -> Host:
    return Host(open_page(origin), origin, framed)


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


def test_the_session_is_the_frames_own_and_lasts_as_long_as_the_tab(host: Host, framed: RunningDesk) -> None:
    host.enter()
    expect(host.bar.get_by_role("textbox", name="买家说")).to_be_visible()
    host.page.reload()
    expect(host.bar.get_by_role("textbox", name="买家说")).to_be_visible()
    assert host.page.context.cookies(framed.url) == []
    host.bar.get_by_role("button", name="退出").click()
    host.page.reload()
    expect(host.bar.get_by_label("账号")).to_be_visible()


def test_an_open_conversation_shows_what_comes_in(host: Host, framed: RunningDesk, open_page: OpenPage) -> None:
    buyer = Buyer(open_page(framed.url), framed.url, "demo-tmall")
    buyer.say("拍了两天咋还没发货")
    known = buyer.page.evaluate("localStorage.getItem('huashu.buyer')")
    host.enter()
    host.press("打开这位买家", buyer=f"demo:{known}")
    host.hears(kind="opened", shop="demo-tmall", buyer=f"demo:{known}", found=True)
    expect(host.bar.get_by_role("textbox", name="买家说")).to_have_value("拍了两天咋还没发货")
    expect(host.bar.get_by_role("listitem").first).to_be_visible()
    buyer.say("那能开专票吗")
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


def test_another_site_cannot_show_it(framed: RunningDesk, open_page: OpenPage) -> None:
    with host_desk() as elsewhere:
        host = Host(open_page(elsewhere), elsewhere, framed)
        refused = (
            host.page.wait_for_event("console", lambda said: "frame-ancestors" in said.text, timeout=30_000)
            if not host.page.frames[1].url.startswith("chrome-error")
            else None
        )
        assert refused is None or framed.url in refused.text
        expect(host.bar.get_by_label("账号")).to_have_count(0)
        expect(host.page.locator("#said")).to_be_empty()


def test_a_window_that_is_not_its_frame_gets_no_answer(origin: str, framed: RunningDesk, open_page: OpenPage) -> None:
    page = open_page(f"{origin}/sidebar_host.html?desk={framed.url}")
    with page.expect_popup() as opened:
        page.evaluate(f"window.other = window.open('{framed.url}/sidebar')")
    expect(opened.value.get_by_label("账号")).to_be_visible()
    page.evaluate("window.heard = []; addEventListener('message', (event) => heard.push(event.source === other))")
    page.evaluate(f"other.postMessage({{huashu: 1, kind: 'hello'}}, '{framed.url}')")
    page.evaluate("say({kind: 'hello'})")
    page.wait_for_function("heard.length > 0")
    assert page.evaluate("heard") == [False]


def test_the_page_names_exactly_the_origins_that_may_show_it(framed: RunningDesk, origin: str) -> None:
    headers = httpx.get(f"{framed.url}/sidebar", trust_env=False).headers
    assert headers["Content-Security-Policy"].split("; ")[-1] == f"frame-ancestors {origin}"
    assert "X-Frame-Options" not in headers
    panel = httpx.get(f"{framed.url}/", trust_env=False).headers
    assert panel["Content-Security-Policy"].split("; ")[-1] == "frame-ancestors 'none'"
