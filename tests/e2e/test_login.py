"""Logging in at the panel."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.e2e.agent import enter
from tests.e2e.conftest import MakeAgent, OpenContext
from tests.e2e.running_desk import RunningDesk

ELSEWHERE = {"X-Forwarded-For": "203.0.113.50"}
"""The address of these attempts, so that what locks it locks nobody else."""


def test_after_five_failures_even_the_right_password_has_to_wait(desk: RunningDesk, open_context: OpenContext) -> None:
    page = open_context(extra_http_headers=ELSEWHERE).new_page()
    page.goto(f"{desk.url}/login")
    for _ in range(5):
        with page.expect_response("**/v1/session") as answered:
            enter(page, "nobody", "not the password")
        assert answered.value.status == 401
        expect(page.get_by_role("alert")).to_have_text("账号或密码不对，请再看看")
    enter(page, "xiaolin")
    expect(page.get_by_role("alert")).to_have_text("输错次数太多，请 15 分钟后再试")
    expect(page).to_have_url(f"{desk.url}/login")


def test_a_page_of_the_panel_asks_for_the_login_and_comes_back(desk: RunningDesk, open_context: OpenContext) -> None:
    page = open_context().new_page()
    page.goto(f"{desk.url}/?talk=0123456789abcdef0123456789abcdef")
    enter(page, "xiaolin")
    expect(page).to_have_url(f"{desk.url}/?talk=0123456789abcdef0123456789abcdef")


def test_who_logs_out_in_one_window_is_out_in_the_next(agent: MakeAgent) -> None:
    lin = agent()
    lin.page.get_by_role("button", name="我的账号").click()
    lin.page.get_by_role("menuitem", name="退出登录").click()
    expect(lin.page.get_by_label("账号", exact=True)).to_be_visible()
    lin.page.goto(lin.url)
    expect(lin.page.get_by_label("账号", exact=True)).to_be_visible()
