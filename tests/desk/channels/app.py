"""The routes of channels over a small desk, served in this process or by a real server."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from contracts.errors import HuashuError, InputError, NotFound, ServiceDown
from desk.channels.busy_hour import BusyHour
from desk.channels.demo import DemoDoor
from desk.channels.demo_dialogues import DemoDialogue
from desk.channels.doors import Doors
from desk.channels.webhook_door import WebhookDoor
from desk.clock import Clock
from desk.connections import WebhookConnection
from desk.orders.demo import DemoOrders
from desk.orders.table import TableOrders
from desk.routes import busy_hour, demo_buyer, webhook
from desk.settings import ChannelSettings
from desk.shops import Shops
from desk.storage.orders import OrderRow
from tests.desk.channels.outside import SECRET, wait_for
from tests.desk.talk import LAMPS, SHOES, SmallDesk

DEMO_LAMPS = replace(LAMPS, demo=True)
CONNECTIONS = {"lamps": WebhookConnection("https://shop.example/", (SECRET, "an-older-one" + "o" * 32))}


def open_doors(
    desk: SmallDesk,
    settings: ChannelSettings = ChannelSettings(),  # noqa: B008 - frozen
    orders: Mapping[str, tuple[OrderRow, ...]] | None = None,
    clock: Clock | None = None,
    dialogues: Sequence[DemoDialogue] = (),
) -> Doors:
    """The doors of a small desk: lamps has a webhook and a buyer window, shoes has neither."""
    clock = clock or desk.clock
    shops = Shops({shop.id: shop for shop in (DEMO_LAMPS, SHOES)})
    table = TableOrders(desk.database)
    demo = DemoDoor(settings, shops, desk.database, desk.inbox, table, DemoOrders(orders or {}), clock)
    playing = BusyHour(demo, shops, dialogues, clock)
    return Doors(WebhookDoor(CONNECTIONS, desk.inbox, desk.database, clock), demo, playing)


def build(doors: Doors) -> FastAPI:
    """An application of these routes alone."""
    app = FastAPI()
    app.state.doors = doors
    app.include_router(webhook.router)
    app.include_router(demo_buyer.router)
    app.include_router(busy_hour.router)

    @app.exception_handler(HuashuError)
    def refuse(request: Request, error: HuashuError) -> JSONResponse:  # noqa: ARG001
        known = ((ServiceDown, 503), (NotFound, 404), (InputError, 422))
        status = next((status for kind, status in known if isinstance(error, kind)), 500)
        return JSONResponse({"detail": str(error)}, status)

    return app


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """The application behind a real server; gives its address."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, lifespan="off", ws="none", log_level="critical"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        assert wait_for(lambda: server.started)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
        listening.close()
