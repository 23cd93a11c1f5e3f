"""What every channel offers on the way out. The way in ends in `Inbox.receive`."""

from __future__ import annotations

from typing import Protocol

from contracts.conversation import Outgoing
from contracts.errors import HuashuError


class Undelivered(HuashuError):
    """The receiver did not take a message this time; it is tried again later."""


class Refused(HuashuError):
    """The receiver will never take this message; it is not tried again."""


class Channel(Protocol):
    """A way out.

    The same `key` may come twice, after a crash between delivering and noting it: the receiver sees the message once.
    """

    @property
    def name(self) -> str:
        """What conversations call it."""
        ...

    def deliver(self, message: Outgoing) -> None:
        """Hand a message over. Raises Undelivered or Refused."""
        ...
