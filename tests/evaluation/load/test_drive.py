"""The load program against a real desk in this process: its own small data, real HTTP, real WebSockets."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import uvicorn

from desk.app import build_app
from desk.assembly import Desk
from desk.calls import Caller
from desk.channels.webhook import Webhook
from desk.connections import Connections, WebhookConnection
from desk.people.access import Scope
from desk.service import make_service
from desk.settings import ChannelSettings, DeskSettings, Settings
from desk.shops import Shops
from desk.storage.database import Database
from evaluation.load.account import account
from evaluation.load.drive import Run, drive
from evaluation.load.plan import Plan, Site, lines, openings
from evaluation.load.shop_end import ShopEnd
from evaluation.load.stored import read_stored
from launch.ports import free_port
from tests.desk.small_parts import small_suggester
from tests.desk.talk import LAMPS, SHOES, Orders, plain_ways

SECRETS = {"lamps": "l" * 40, "shoes": "s" * 40}
TEXTS = ("能开票吗", "发票怎么开", "几天能到")
PLAN = Plan(conversations=6, rate=20, seconds=1.5, panels=3, repeats=0.5, answers=1.0)
NETWORKS = ["127.0.0.0/8"]


@pytest.fixture
def end() -> Iterator[ShopEnd]:
    opened = ShopEnd(SECRETS)
    yield opened
    opened.close()


@pytest.fixture
def site(tmp_path: Path, end: ShopEnd) -> Iterator[Site]:
    """A desk that listens."""
    database, suggester = Database.open(f"sqlite:///{tmp_path / 'desk.db'}"), small_suggester()
    settings = Settings(
        desk=DeskSettings(undo_seconds=0, requests_per_second=0),
        channels=ChannelSettings.model_validate({"private_networks": NETWORKS}),
    )
    desk = Desk(settings, suggester, Shops({shop.id: shop for shop in (LAMPS, SHOES)}), suggester.parts.checker)
    webhooks = {shop: WebhookConnection(end.url, (secret,)) for shop, secret in SECRETS.items()}
    caller = Caller()
    channel = Webhook(webhooks, caller, settings.channels.private_networks)
    ways = replace(plain_ways(Orders(), channel), connections=Connections(webhooks), callers=(caller,))
    service = make_service(desk, database, ways)
    tokens = {
        shop: service.people.tokens.make("bench", shop, (Scope.MESSAGES_READ, Scope.MESSAGES_WRITE), "console").secret
        for shop in SECRETS
    }
    server = uvicorn.Server(uvicorn.Config(build_app(service), port=free_port(), log_level="error", access_log=False))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 60
    while not server.started:
        assert time.monotonic() < deadline, "the desk did not start"
        time.sleep(0.02)
    yield Site((f"http://127.0.0.1:{server.config.port}",), SECRETS, tokens)
    server.should_exit = True
    thread.join(30)


def _delivered(site: Site) -> None:
    deadline = time.monotonic() + 60
    while read_stored(site).under_way:
        assert time.monotonic() < deadline, "answers did not leave"
        time.sleep(0.1)


def test_a_load_is_written_answered_and_accounted_for(site: Site, end: ShopEnd) -> None:
    struck, told = threading.Event(), set()
    first, rest = openings(PLAN, site.shops, TEXTS), lines(PLAN, site.shops, TEXTS)
    notes = drive(Run(PLAN, site, first, rest, struck.set), lambda what, _share: told.add(what))
    _delivered(site)
    result = account(first, rest, notes, read_stored(site), end.got)
    assert result.whole, result
    assert struck.is_set()
    assert {"opening conversations", "writing"} <= told
    assert (result.lines["written"], result.lines["stored"]) == (36, 36)
    assert result.lines["handed_over_twice"] > 0
    assert result.suggestions["milliseconds"]["count"] == 30
    assert result.answers["sent"] == result.answers["delivered"] > 0
    assert end.unsigned == 0


def test_what_a_desk_stores_besides_is_found_out(site: Site, end: ShopEnd) -> None:
    plan = replace(PLAN, conversations=2, seconds=0.2, answers=0.0)
    first, rest = openings(plan, site.shops, TEXTS), lines(plan, site.shops, TEXTS)
    notes = drive(Run(plan, site, first, rest), lambda _what, _share: None)
    notes.acknowledged.pop("line-0")
    result = account(first, rest, notes, read_stored(site), end.got)
    assert (result.lines["lost"], result.lines["doubled"]) == (1, 1)
