"""The built-in buyer window: anybody may write to a demo shop as a buyer, and sees what the shop answers."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from contracts.context import OrderStatus
from contracts.conversation import Incoming, Outgoing
from contracts.errors import InputError, NotFound, ServiceDown
from contracts.shop import Shop
from desk.channels.pace import Pace
from desk.channels.protocol import Refused, Undelivered
from desk.channels.receiving import receive_once
from desk.clock import Clock, utc_now
from desk.inbox import Inbox, Received
from desk.orders.demo import DemoOrders
from desk.orders.protocol import OrderSource
from desk.settings import ChannelSettings
from desk.shops import Shops
from desk.storage.database import Database
from desk.storage.demo_window import Shown, show_delivered, show_own, shown_after, window_of
from desk.storage.shops import lock_shop

NAME = "demo"
LONGEST = 500
"""Characters of a line."""

MOST = 200
"""Lines that are shown at once."""

_MINUTE = 60.0
_ADDRESS_FACTOR = 6
_LOOKS_FACTOR = 60
_PREFIX = "demo:"
"""Before the id of every buyer, so that nobody is taken for a buyer of another channel."""


class DemoChannel:
    """Shows messages in the buyer window; safe to use from several threads."""

    name = NAME

    def __init__(self, database: Database) -> None:
        self._database = database

    def deliver(self, message: Outgoing) -> None:
        """Show a message, once for each key. Raises Undelivered, Refused."""
        try:
            with self._database.transaction() as connection:
                lock_shop(connection, message.shop)
                show_own(connection, message.conversation)
                known = show_delivered(connection, message.conversation, message.key)
        except ServiceDown as down:
            raise Undelivered(str(down)) from None
        except InputError as error:
            raise Refused(str(error)) from None
        if not known:
            raise Refused("the message is not one of this conversation")


@dataclass(frozen=True)
class Buyer:
    """Who writes: a random id that the buyer's browser keeps, and the network address it comes from."""

    id: str
    address: str

    @property
    def name(self) -> str:
        """What the desk calls the buyer."""
        return _PREFIX + self.id

    @property
    def shown(self) -> str:
        """What agents see."""
        digest = hashlib.sha256(self.id.encode()).digest()
        return f"演示买家{int.from_bytes(digest[:4], 'big') % 10_000:04}"


@dataclass(frozen=True)
class View:
    """What a buyer sees: lines behind a place, the place to go on from, and the order they ask about."""

    shop: Shop
    lines: tuple[Shown, ...]
    next: int
    order: Mapping[str, Any]


class DemoDoor:
    """The way in of the buyer window, for shops that are open to it; safe to use from several threads."""

    def __init__(
        self,
        settings: ChannelSettings,
        shops: Shops,
        database: Database,
        inbox: Inbox,
        orders: OrderSource,
        demo_orders: DemoOrders,
        clock: Clock = utc_now,
    ) -> None:
        self._everywhere = settings.demo_everywhere
        self._shops = shops
        self._database = database
        self._inbox = inbox
        self._orders = orders
        self._demo_orders = demo_orders
        self._clock = clock
        self._lines = Pace(settings.demo_lines, _MINUTE)
        self._addresses = Pace(settings.demo_lines * _ADDRESS_FACTOR, _MINUTE)
        self._looks = Pace(settings.demo_lines * _LOOKS_FACTOR, _MINUTE)

    def say(self, shop: str, buyer: Buyer, text: str, line: str) -> Received:
        """Store a buyer's line; `line` is its id.

        Raises NotFound for a shop without a window, InputError for a text that cannot be used, TooOften, Conflict,
        ServiceDown.
        """
        known = self._open(shop)
        if len(text) > LONGEST:
            raise InputError(f"the message has {len(text)} characters; {LONGEST} are the most")
        now = self._clock()
        self._addresses.step(buyer.address, now.timestamp())
        self._lines.step(f"{known.id} {buyer.id}", now.timestamp())
        return self.store(known.id, buyer, text, line)

    def store(self, shop: str, buyer: Buyer, text: str, line: str, order: OrderStatus | None = None) -> Received:
        """Store a line however many came before; a buyer who is new gets an order, in this state if it may be.

        Raises NotFound, InputError, Conflict, ServiceDown.
        """
        known, now = self._open(shop), self._clock()
        with self._database.transaction() as connection:
            lock_shop(connection, known.id)
            self._demo_orders.give(connection, known, buyer.name, now, order)
        incoming = Incoming(known.id, NAME, buyer.name, text, line, now, buyer.shown)
        received = receive_once(self._inbox, self._database, incoming)
        with self._database.transaction() as connection:
            lock_shop(connection, known.id)
            show_own(connection, received.conversation)
        return received

    @property
    def shops(self) -> tuple[Shop, ...]:
        """The shops that are open to buyers of this window."""
        return tuple(shop for shop in map(self._shops.find, self._shops.ids) if shop.demo or self._everywhere)

    def look(self, shop: str, buyer: Buyer, after: int) -> View:
        """What appeared behind place `after`. Raises NotFound, TooOften, ServiceDown."""
        known = self._open(shop)
        self._looks.step(buyer.address, self._clock().timestamp())
        with self._database.transaction() as connection:
            talk = window_of(connection, known.id, NAME, buyer.name)
            lines = shown_after(connection, talk, after, MOST) if talk else ()
        order = self._orders.latest(known.id, buyer.name) if talk else {}
        return View(known, lines, lines[-1].place if lines else after, order)

    def _open(self, shop: str) -> Shop:
        if shop in self._shops.ids:
            known = self._shops.find(shop)
            if known.demo or self._everywhere:
                return known
        raise NotFound("there is no demo shop of this name")
