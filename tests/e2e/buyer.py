"""A buyer at the demo page."""

from __future__ import annotations

import hashlib

from playwright.sync_api import Locator, Page, StorageState, expect

from desk.channels import demo


def who(name: str) -> demo.Buyer:
    """A buyer: the same one in every run for the same name."""
    return demo.Buyer(hashlib.sha256(name.encode()).hexdigest()[:32], "")


def kept(url: str, buyer: demo.Buyer) -> StorageState:
    """What a browser keeps that this buyer has used before."""
    return {"origins": [{"origin": url, "localStorage": [{"name": "huashu.buyer", "value": buyer.id}]}]}


class Buyer:
    """One buyer of a demo shop, in a browser that keeps who they are (`kept`)."""

    def __init__(self, page: Page, url: str, shop: str, who: demo.Buyer) -> None:
        self._known = who
        self.page = page
        page.goto(f"{url}/demo/buyer?shop={shop}")
        expect(self.box).to_be_visible()

    @property
    def id(self) -> str:
        """What the channel calls the buyer."""
        return self._known.name

    @property
    def shown(self) -> str:
        """What agents see."""
        return self._known.shown

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

    def from_shop(self, text: str = "") -> Locator:
        """The shop's bubbles, those with this text."""
        return self.page.get_by_role("log").locator(".line:not(.mine) .bubble").filter(has_text=text)
