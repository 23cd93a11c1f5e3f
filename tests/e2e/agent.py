"""An agent at the panel."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.e2e.running_desk import PASSWORD


class Agent:
    """An agent who has logged in, in a browser of their own."""

    def __init__(self, page: Page, url: str, name: str) -> None:
        self.page = page
        self.url = url
        page.goto(f"{url}/login")
        enter(page, name)
        expect(self.queue).to_be_visible()

    @property
    def queue(self) -> Locator:
        return self.page.get_by_role("region", name="待回复")

    @property
    def talk(self) -> Locator:
        """The lines of the open conversation."""
        return self.page.get_by_role("region", name="对话", exact=True)

    @property
    def editor(self) -> Locator:
        return self.page.get_by_role("textbox", name="回复内容")

    @property
    def offers(self) -> Locator:
        """The suggestions that may be sent, each with its number."""
        return (
            self.page.get_by_role("region", name="建议回复")
            .get_by_role("listitem")
            .filter(has=self.page.locator("kbd"))
        )

    def offer(self, rank: int) -> str:
        """The text of a suggestion, once it is there."""
        text = self.offers.filter(has=self.page.locator("kbd", has_text=str(rank))).locator(".text")
        expect(text.first).to_be_visible()
        return (text.first.text_content() or "").strip().removeprefix(str(rank)).strip()

    def open(self, buyer: str) -> None:
        """Open the conversation with a buyer, and see its beginning."""
        self.queue.get_by_role("button").filter(has_text=buyer).click()
        expect(self.talk.get_by_text("对话从这里开始")).to_be_visible()
        expect(self.talk).to_be_focused()

    def said(self, text: str) -> Locator:
        """Lines of the open conversation."""
        return self.talk.locator(".message .bubble").filter(has_text=text)

    def write(self, text: str) -> None:
        """Write into the editor by keyboard, as a person does."""
        self.page.keyboard.press("e")
        expect(self.editor).to_be_focused()
        self.page.keyboard.insert_text(text)


def enter(page: Page, name: str, password: str = PASSWORD) -> None:
    """Fill in the login and send it."""
    page.get_by_label("账号").fill(name)
    page.get_by_label("密码", exact=True).fill(password)
    page.get_by_role("button", name="登录").click()
