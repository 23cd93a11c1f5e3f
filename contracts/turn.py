"""What was said: turns, and the message that wants an answer together with the lines before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from contracts.context import Context
from contracts.order import Order
from contracts.platform import Platform


class Speaker(str, Enum):
    """Who wrote a turn. An agent is a person; a robot is Huashu or another automatic sender."""

    BUYER = "buyer"
    AGENT = "agent"
    ROBOT = "robot"
    SYSTEM = "system"


@dataclass(frozen=True)
class Turn:
    """One line of a conversation, with its labels where it has been labelled."""

    speaker: Speaker
    text: str
    at: datetime | None = None
    message_id: str | None = None
    intents: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    violates: tuple[str, ...] = ()


@dataclass(frozen=True)
class Inquiry:
    """A buyer's message that wants an answer, in its context.

    `text` is everything the buyer has written since the shop's last line, joined by a space;
    `previous_buyer` and `previous_agent` are the lines before that, empty when there were none. `opens_at` is when
    people are back, as they would say it; empty while they are there.
    """

    text: str
    platform: Platform
    shop: str | None = None
    previous_buyer: str = ""
    previous_agent: str = ""
    context: Context = Context()
    order: Order = Order()
    opens_at: str = ""
