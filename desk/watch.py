"""Who wants to know what happens in the desk: figures and the log. They see ids, never texts or buyers."""

from __future__ import annotations

from collections.abc import Iterable

from contracts.answer import Answer, Route
from contracts.conversation import Delivery
from contracts.finding import Verdict
from contracts.turn import Speaker


class Watch:
    """Is told after a thing has been stored; this one keeps nothing. It must be quick and must not raise."""

    def received(self, shop: str, conversation: str, *, duplicate: bool) -> None:
        """A buyer's line came in."""

    def suggested(self, shop: str, conversation: str, answer: Answer) -> None:
        """Suggestions are ready."""

    def decided(self, shop: str, conversation: str, route: Route, waited: float) -> None:
        """A buyer's line was decided without people, `waited` seconds after it came."""

    def sent(self, shop: str, conversation: str, speaker: Speaker) -> None:
        """A line of the shop is on its way."""

    def blocked(self, shop: str, conversation: str, verdict: Verdict) -> None:
        """The rules stopped a line of the shop."""

    def delivered(self, shop: str, conversation: str, state: Delivery, attempt: int) -> None:
        """An attempt to deliver has ended: delivered, dead, or queued again."""


class Watches(Watch):
    """Several at once."""

    def __init__(self, watches: Iterable[Watch]) -> None:
        self._watches = tuple(watches)

    def received(self, shop: str, conversation: str, *, duplicate: bool) -> None:
        for watch in self._watches:
            watch.received(shop, conversation, duplicate=duplicate)

    def suggested(self, shop: str, conversation: str, answer: Answer) -> None:
        for watch in self._watches:
            watch.suggested(shop, conversation, answer)

    def decided(self, shop: str, conversation: str, route: Route, waited: float) -> None:
        for watch in self._watches:
            watch.decided(shop, conversation, route, waited)

    def sent(self, shop: str, conversation: str, speaker: Speaker) -> None:
        for watch in self._watches:
            watch.sent(shop, conversation, speaker)

    def blocked(self, shop: str, conversation: str, verdict: Verdict) -> None:
        for watch in self._watches:
            watch.blocked(shop, conversation, verdict)

    def delivered(self, shop: str, conversation: str, state: Delivery, attempt: int) -> None:
        for watch in self._watches:
            watch.delivered(shop, conversation, state, attempt)
