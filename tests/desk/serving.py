"""An application for processes of the tests' own: a small desk on a database, with a receiver over HTTP."""

from __future__ import annotations

import http.client
import json
import os
from datetime import timedelta

from fastapi import FastAPI

from contracts.conversation import Outgoing
from desk import delivery
from desk.app import build_app
from desk.assembly import Desk
from desk.channels.protocol import Undelivered
from desk.journal import write_json_logs
from desk.service import make_service
from desk.settings import DeskSettings, Settings
from desk.shops import Shops
from desk.storage.database import Database
from tests.desk.small_parts import small_suggester
from tests.desk.talk import LAMPS, SHOES, Orders, plain_ways

DATABASE, RECEIVER = "TEST_DATABASE", "TEST_RECEIVER"
"""Environment variables: the database's address and the receiver's port."""

SHORT_LEASE = timedelta(seconds=3)


class Posting:
    """A channel that posts to the test's receiver."""

    name = "memory"

    def __init__(self, port: int) -> None:
        self._port = port

    def deliver(self, message: Outgoing) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=10)
        told = {"key": message.key, "conversation": message.conversation, "process": os.getpid()}
        try:
            connection.request("POST", "/", json.dumps(told))
            connection.getresponse().read()
        except OSError as error:
            raise Undelivered(type(error).__name__) from None
        finally:
            connection.close()


def create() -> FastAPI:
    """The application, as uvicorn's factory."""
    delivery.LEASE = SHORT_LEASE
    database, suggester = Database.open(os.environ[DATABASE]), small_suggester()
    shops = Shops({shop.id: shop for shop in (LAMPS, SHOES)})
    settings = Settings(desk=DeskSettings(undo_seconds=0, requests_per_second=0))
    desk = Desk(settings, suggester, shops, suggester.parts.checker)
    ways = plain_ways(Orders(), Posting(int(os.environ[RECEIVER])))
    service = make_service(desk, database, ways)
    write_json_logs()
    return build_app(service)
