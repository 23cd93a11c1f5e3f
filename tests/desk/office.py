"""A whole service of the tests' own with people who have logged in."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient

from contracts.conversation import Incoming
from desk.app import build_app
from desk.assembly import Desk
from desk.inbox import Received
from desk.people.access import Role
from desk.routes.access import COOKIE, CSRF_HEADER
from desk.service import Service, make_service
from desk.settings import Settings
from desk.shops import Shops
from desk.storage.agents import add_agent, grant
from desk.storage.database import Database
from desk.suggest import Suggester
from tests.desk.talk import LAMPS, SHOES, Memory, Orders, plain_ways

PATIENCE = 30.0
"""Seconds after which a test gives up waiting."""

MEMBERS = {"li": {"lamps": Role.AGENT}, "wang": {"shoes": Role.AGENT}, "zhao": {"lamps": Role.LEADER}}


def until(holds: Callable[[], Any]) -> Any:
    """Wait until there is something, and give it."""
    deadline = time.monotonic() + PATIENCE
    while True:
        found = holds()
        if found:
            return found
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.02)


class Office:
    """A service over one database, its application, and who works there (`MEMBERS`)."""

    def __init__(self, database: Database, suggester: Suggester, settings: Settings) -> None:
        self.channel, self.orders = Memory(), Orders()
        shops = Shops({shop.id: shop for shop in (LAMPS, SHOES)})
        desk = Desk(settings, suggester, shops, suggester.parts.checker)
        self.service: Service = make_service(desk, database, plain_ways(self.orders, self.channel))
        self.app: FastAPI = build_app(self.service)
        with database.transaction() as connection:
            for agent, shops_of in MEMBERS.items():
                add_agent(connection, agent, agent, "no password", self.service.clock(), admin=False, must_change=False)
                for shop, role in shops_of.items():
                    grant(connection, agent, shop, role.value)

    def ask(self, text: str = "能开专票吗", buyer: str = "zhang", shop: str = "lamps") -> Received:
        """A buyer's line."""
        incoming = Incoming(shop, "memory", buyer, text, uuid.uuid4().hex, self.service.clock())
        return self.service.inbox.receive(incoming)

    def headers(self, agent: str) -> Mapping[str, str]:
        """What a browser sends in which this agent has logged in."""
        sessions = self.service.people.sessions
        with self.service.database.transaction() as connection:
            token = sessions.begin(connection, agent)
        session = sessions.find(token)
        assert session is not None
        return {"Cookie": f"{COOKIE}={token}", CSRF_HEADER: session.csrf}

    def client(self, agent: str) -> TestClient:
        """A client of this agent's; the application has been started already."""
        return TestClient(self.app, headers=dict(self.headers(agent)), raise_server_exceptions=False)
