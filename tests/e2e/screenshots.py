"""The pictures of the documentation: `python -m tests.e2e.screenshots`, by hand, each page light and dark.

A desk of its own is filled by the demo's busy hour and by agents who answer, change, reject and are stopped by rules.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import httpx
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from desk.settings import PROJECT, load_settings
from tests.e2e.agent import Agent
from tests.e2e.buyer import Buyer, kept, who
from tests.e2e.chromium import find_chromium, launch
from tests.e2e.host_desk import host_desk
from tests.e2e.running_desk import PASSWORD, RunningDesk
from tests.e2e.tally import play

WINDOW: ViewportSize = {"width": 1366, "height": 768}
PHONE: ViewportSize = {"width": 390, "height": 780}
SHOPS = ("demo-tmall", "demo-jd", "demo-pdd")
SURCHARGE = "可以开专票的，加6个税点就行"
_WAIT = 60_000


class Shift:
    """Agents at work, over HTTP: enough of each kind of thing for every page to show something."""

    def __init__(self, desk: RunningDesk) -> None:
        self._client = httpx.Client(base_url=desk.url, trust_env=False, timeout=60)
        self._keys = count(1)

    def work(self, agent: str, shop: str) -> None:
        """Answer most of those who wait in a shop."""
        login = self._client.post("/v1/session", json={"name": agent, "password": PASSWORD}).raise_for_status()
        self._client.headers["X-CSRF-Token"] = login.json()["csrf"]
        page = self._client.get(f"/v1/shops/{shop}/conversations", params={"limit": 200}).json()
        for number, talk in enumerate(page["conversations"]):
            if talk["waiting_since"] and number % 4 != 3:
                self._answer(talk["id"], number)

    def _answer(self, talk: str, number: int) -> None:
        path = f"/v1/conversations/{talk}"
        suggested = self._client.get(f"{path}/suggestions").json()
        offers = suggested["answer"]["suggestions"] if suggested else []
        ready = [rank for rank, offer in enumerate(offers, start=1) if not offer["missing_slots"]]
        if number % 11 == 5:
            self._client.post(f"{path}/messages", json={"text": SURCHARGE, "key": f"s{next(self._keys)}"})
        if not ready:
            return
        if number % 5 == 4 and len(ready) > 1:
            body = {"suggestion": suggested["id"], "rank": ready[0], "reason": "答非所问"}
            self._client.post(f"{path}/rejections", json=body)
            ready = ready[1:]
        text = offers[ready[0] - 1]["text"] + ("，还有别的您随时说" if number % 3 == 2 else "")
        body = {"text": text, "key": f"s{next(self._keys)}", "suggestion": suggested["id"], "rank": ready[0]}
        self._client.post(f"{path}/messages", json=body)


class Camera:
    """Takes the pictures of one theme."""

    def __init__(self, browser: Browser, desk: RunningDesk, theme: str, out: Path) -> None:
        self._browser, self._desk, self._theme, self._out = browser, desk, theme, out

    def page(self, window: ViewportSize = WINDOW, **more: object) -> Page:
        """A page in a browser of its own."""
        context = self._browser.new_context(viewport=window, locale="zh-CN", color_scheme=self._theme, **more)  # type: ignore[arg-type]
        return context.new_page()

    def take(self, page: Page, name: str) -> None:
        """Keep what is seen, once it has come to rest."""
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(800)
        path = self._out / f"{name}-{self._theme}.png"
        page.screenshot(path=path, animations="disabled")
        print(path)

    def buyer(self) -> Buyer:
        """A buyer who is the same one in every picture of this theme."""
        known = who(f"picture {self._theme}")
        return Buyer(self.page(storage_state=kept(self._desk.url, known)), self._desk.url, "demo-tmall", known)

    def all(self, origin: str) -> None:
        """Every picture."""
        page = self.page()
        page.goto(f"{self._desk.url}/login")
        self.take(page, "login")
        self._talk()
        boss = Agent(self.page(), self._desk.url, "boss")
        for path in list(self._paths(boss.page)):
            boss.page.goto(f"{self._desk.url}{path}")
            self.take(boss.page, path.strip("/") or "queue")
        self._bar(origin)

    def _paths(self, page: Page) -> Iterator[str]:
        for link in page.get_by_role("navigation").get_by_role("link").all():
            path = link.get_attribute("href") or "/"
            if path != "/":
                yield path

    def _talk(self) -> None:
        zhang = self.buyer()
        zhang.say("在吗")
        zhang.say("能开专票吗 另外啥时候发货呀")
        lin = Agent(self.page(), self._desk.url, "xiaolin")
        lin.open(zhang.shown)
        lin.offer(1)
        self.take(lin.page, "desk")
        lin.write(SURCHARGE)
        expect(lin.page.get_by_text("不能发送").first).to_be_visible()
        self.take(lin.page, "blocked")
        lin.page.keyboard.press("Escape")
        lin.page.keyboard.press("/")
        lin.page.keyboard.insert_text("什么时候发货")
        expect(lin.page.get_by_role("option").first).to_be_visible()
        self.take(lin.page, "search")
        lin.page.keyboard.press("Escape")
        lin.page.keyboard.press("1")
        expect(zhang.from_shop()).to_have_count(1)
        self.take(zhang.page, "demo")
        zhang.page.set_viewport_size(PHONE)
        self.take(zhang.page, "demo-phone")

    def _bar(self, origin: str) -> None:
        page = self.page()
        page.goto(f"{origin}/sidebar_host.html?desk={self._desk.url}")
        bar = page.frame_locator("#huashu")
        bar.get_by_label("账号").fill("xiaolin")
        bar.get_by_label("密码").fill(PASSWORD)
        bar.get_by_role("button", name="登录").click()
        expect(bar.get_by_role("textbox", name="买家说")).to_be_visible()
        page.get_by_role("button", name="找回复").click()
        expect(bar.get_by_role("listitem").first).to_be_visible()
        self.take(page, "sidebar")


def main() -> None:
    """Fill a desk, and take the pictures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, default=PROJECT / "docs" / "images")
    parser.add_argument("--rasa-port", default=str(load_settings().rasa.port), help="where the intent model answers")
    asked = parser.parse_args()
    program = find_chromium()
    if program is None:
        raise SystemExit("no Chromium on PATH")
    expect.set_options(timeout=_WAIT)
    asked.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, host_desk() as origin, sync_playwright() as playwright:
        desk = RunningDesk(Path(folder), RASA__PORT=asked.rasa_port, DESK__FRAME_ORIGINS=json.dumps([origin]))
        desk.start()
        try:
            shift = Shift(desk)
            for shop in SHOPS:
                play(desk, shop)
                shift.work("boss", shop)
            browser = launch(playwright, program)
            for theme in ("light", "dark"):
                Camera(browser, desk, theme, asked.out).all(origin)
            browser.close()
        finally:
            desk.stop()


if __name__ == "__main__":
    main()
