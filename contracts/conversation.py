"""A conversation as the desk keeps it: who talks, what came in, what goes out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from contracts.turn import Speaker

AUTOMATIC = "huashu"
"""The author of what Huashu says of its own accord."""


class Delivery(str, Enum):
    """How far a message of the shop has come on its way to the buyer; a withdrawn one was taken back before it left."""

    QUEUED = "queued"
    SENDING = "sending"
    DELIVERED = "delivered"
    DEAD = "dead"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Incoming:
    """A buyer's line as a channel hands it over.

    `external_id` is the channel's own id of the line: the same id in the same conversation is the same line.
    """

    shop: str
    channel: str
    buyer: str
    text: str
    external_id: str
    said_at: datetime
    buyer_name: str = ""


@dataclass(frozen=True)
class Conversation:
    """All that one buyer says to one shop through one channel.

    `waiting_since` is when the first line came that nobody has answered, None when there is none.
    """

    id: str
    shop: str
    channel: str
    buyer: str
    buyer_name: str
    opened_at: datetime
    updated_at: datetime
    waiting_since: datetime | None = None


@dataclass(frozen=True)
class Message:
    """A stored line; `number` counts from 1 within its conversation. `delivery` is None for what came in.

    `said_at` is the channel's time, `stored_at` when the line arrived here.
    """

    id: str
    conversation: str
    number: int
    speaker: Speaker
    text: str
    said_at: datetime
    author: str = ""
    reply_id: str = ""
    delivery: Delivery | None = None
    stored_at: datetime | None = None

    @property
    def automatic(self) -> bool:
        """Whether Huashu said it of its own accord."""
        return self.speaker is Speaker.ROBOT and self.author == AUTOMATIC


@dataclass(frozen=True)
class Outgoing:
    """A message on its way out. `key` is the same at every attempt: the receiver drops what it has already."""

    key: str
    shop: str
    channel: str
    conversation: str
    buyer: str
    text: str
    attempt: int
