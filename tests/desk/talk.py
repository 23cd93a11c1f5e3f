"""A desk of the tests' own: real storage, a small library, a channel that remembers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any

from compliance.checker import Checker
from contracts.conversation import Incoming, Outgoing
from contracts.hours import DAY, WEEK, Hours, Shift, Span
from contracts.platform import Platform
from contracts.shop import Shop
from desk.assistant import Assistant
from desk.channels.doors import Ways
from desk.channels.protocol import Channel, Refused, Undelivered
from desk.connections import Connections
from desk.delivery import Deliverer
from desk.inbox import Inbox, Received
from desk.orders.demo import DemoOrders
from desk.orders.protocol import OrderSource
from desk.send import Draft, Sender
from desk.shops import Shops
from desk.storage.database import Database
from desk.storage.shops import note_shops
from desk.suggest import Suggester

ALWAYS = Hours((Shift("", frozenset(WEEK), (Span(0, DAY),)),))
"""Somebody is always there: what a test sees does not depend on the time of day at which it runs."""

LAMPS = Shop("lamps", Platform.TMALL, "暖灯", hours=ALWAYS)
SHOES = Shop("shoes", Platform.JD, "好鞋", hours=ALWAYS)
START = datetime(2026, 11, 20, 2, 0, tzinfo=timezone.utc)


@dataclass
class Hand:
    """A clock that moves when it is moved."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **span: float) -> None:
        self.now += timedelta(**span)


@dataclass
class Memory:
    """A channel that remembers what it got; `faults` are raised first, one at each attempt."""

    name: str = "memory"
    got: list[Outgoing] = field(default_factory=list)
    faults: list[Undelivered | Refused] = field(default_factory=list)

    def deliver(self, message: Outgoing) -> None:
        if self.faults:
            raise self.faults.pop(0)
        self.got.append(message)


@dataclass
class Orders:
    """One order for everybody; `down` is raised instead."""

    order: Mapping[str, Any] = field(default_factory=dict)
    down: Exception | None = None

    def latest(self, shop: str, buyer: str) -> Mapping[str, Any]:  # noqa: ARG002
        if self.down is not None:
            raise self.down
        return self.order


def plain_ways(orders: OrderSource, *channels: Channel) -> Ways:
    """Ways out by these channels and to these orders, and no way in over HTTP."""
    return Ways(Connections(), orders, {channel.name: channel for channel in channels}, DemoOrders({}), ())


class Counter:
    """Something to be woken; counts how often it was."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> None:
        self.times += 1


class SmallDesk:
    """Inbox, assistant, sender and deliverer over one database."""

    def __init__(
        self, database: Database, suggester: Suggester, checker: Checker, undo: timedelta = timedelta()
    ) -> None:
        self.database = database
        self.clock, self.channel, self.orders = Hand(), Memory(), Orders()
        self.unread, self.outgoing = Counter(), Counter()
        shops = Shops({shop.id: shop for shop in (LAMPS, SHOES)})
        with database.transaction() as connection:
            note_shops(connection, (LAMPS, SHOES))
        self.inbox = Inbox(database, self.unread, self.clock)
        self.assistant = Assistant(database, suggester, shops, self.orders, "a1", self.clock)
        self.sender = Sender(database, checker, shops, self.orders, self.outgoing, undo, self.clock)
        self.deliverer = Deliverer(database, {"memory": self.channel}, "d1", self.clock)

    def ask(self, text: str, buyer: str = "zhang", shop: str = "lamps", external_id: str = "") -> Received:
        """A buyer's line, by default with an id of its own."""
        name = external_id or f"{buyer}-{self.unread.times}-{self.clock.now.timestamp()}"
        return self.inbox.receive(Incoming(shop, "memory", buyer, text, name, self.clock.now))

    def draft(self, conversation: str, text: str, key: str = "k1", **more: Any) -> Draft:
        return Draft(conversation, text, "li", key, **more)
