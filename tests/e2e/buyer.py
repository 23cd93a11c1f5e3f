"""A buyer at the demo page."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect


class Buyer:
    """One buyer of a demo shop, in a browser of their own."""

    def __init__(self, page: Page, url: str, shop: str) -> None:
        self.page = page
        page.goto(f"{url}/demo/buyer?shop={shop}")
        expect(self.box).to_be_visible()

    @property
    def box(self) -> Locator:
        """Where the buyer writes."""
        return self.page.get_by_role("textbox", name="写给店家的话")

    def say(self, text: str) -> None:
        """Write a line, and see it stand in the chat."""
        self.box.fill(text)
        self.box.press("Enter")
        expect(self.lines(text).last).to_be_visible()
        expect(self.page.get_by_text("发送中")).to_have_count(0)

    def lines(self, text: str) -> Locator:
        """The bubbles with this text, the buyer's and the shop's."""
        return self.page.get_by_role("log").locator(".line:not(.waiting) .bubble").filter(has_text=text)

    def from_shop(self, text: str) -> Locator:
        """The shop's bubbles with this text."""
        return self.page.get_by_role("log").locator(".line:not(.mine) .bubble").filter(has_text=text)
