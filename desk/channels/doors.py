"""All ways in and out of one process, put together from settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from desk.calls import Caller
from desk.channels.busy_hour import BusyHour
from desk.channels.demo import DemoChannel, DemoDoor
from desk.channels.demo_dialogues import load_demo_dialogues
from desk.channels.protocol import Channel
from desk.channels.webhook import Webhook
from desk.channels.webhook_door import WebhookDoor
from desk.clock import Clock, utc_now
from desk.connections import Connections, load_connections
from desk.inbox import Inbox
from desk.orders.choice import open_orders
from desk.orders.demo import DemoOrders, load_demo_orders
from desk.orders.protocol import OrderSource
from desk.settings import Settings
from desk.shops import Shops
from desk.storage.database import Database
from files.taxonomy import load_taxonomy

_KEPT = 20
"""Connections to order systems that are kept open."""


@dataclass(frozen=True)
class Ways:
    """What the desk is connected to: where messages leave, where orders come from. `close` gives connections back."""

    connections: Connections
    orders: OrderSource
    channels: Mapping[str, Channel]
    demo_orders: DemoOrders
    callers: tuple[Caller, ...]

    @classmethod
    def open(cls, settings: Settings, shops: Shops, database: Database, clock: Clock = utc_now) -> Ways:
        """Everything that settings and the files of `data/` name. Raises DataError."""
        connections = load_connections(settings.connections_folder, shops.ids)
        demo_orders = load_demo_orders(settings.data / "orders", shops)
        posting, asking = Caller(), Caller(keep=_KEPT)
        webhook = Webhook(connections.webhooks, posting, settings.channels.private_networks, clock)
        channels: dict[str, Channel] = {channel.name: channel for channel in (webhook, DemoChannel(database))}
        orders = open_orders(settings.orders, connections, asking, database)
        return cls(connections, orders, channels, demo_orders, (posting, asking))

    def seed(self, shops: Shops, database: Database, now: datetime) -> None:
        """Give the demo shops their orders when they have none. Raises ServiceDown."""
        self.demo_orders.seed(database, shops, now)

    def close(self) -> None:
        """Give connections back."""
        for caller in self.callers:
            caller.close()


@dataclass(frozen=True)
class Doors:
    """The ways in that HTTP routes open."""

    webhook: WebhookDoor
    demo: DemoDoor
    busy_hour: BusyHour

    @classmethod
    def open(
        cls,
        settings: Settings,
        ways: Ways,
        shops: Shops,
        database: Database,
        inbox: Inbox,
        clock: Clock = utc_now,
    ) -> Doors:
        """The doors of one process. Raises DataError."""
        demo = DemoDoor(settings.channels, shops, database, inbox, ways.orders, ways.demo_orders, clock)
        taxonomy = load_taxonomy(settings.data / "taxonomy.yml")
        dialogues = load_demo_dialogues(settings.data / "demo", taxonomy)
        return cls(
            WebhookDoor(ways.connections.webhooks, inbox, database, clock),
            demo,
            BusyHour(demo, shops, dialogues, clock),
        )
