from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from contracts.errors import DataError
from desk.channels.demo import Buyer
from desk.channels.doors import Doors, Ways
from desk.channels.protocol import Refused, Undelivered
from desk.inbox import Inbox
from desk.settings import ChannelSettings, Settings
from desk.shops import Shops
from desk.storage.database import Database
from desk.storage.orders import order_count
from desk.storage.shops import note_shops
from tests.desk.channels.outside import SECRET
from tests.desk.channels.test_webhook import MESSAGE
from tests.desk.talk import Counter, Hand

FILE = f"webhook:\n  url: http://127.0.0.1:9/\n  secrets: [{SECRET}]\norders:\n  url: http://127.0.0.1:9/?b={{buyer}}\n"


@pytest.fixture
def installed(data: Path, tmp_path: Path) -> Settings:
    folder = tmp_path / "connections"
    folder.mkdir()
    (folder / "demo-jd.yml").write_text(FILE, encoding="utf-8")
    channels = ChannelSettings(private_networks=("127.0.0.0/8",))  # type: ignore[arg-type]
    return Settings(data=data, var=tmp_path, channels=channels)


@pytest.fixture
def ways(installed: Settings, shops: Shops, database: Database) -> Iterator[Ways]:
    with database.transaction() as connection:
        note_shops(connection, [shops.find(shop) for shop in shops.ids])
    opened = Ways.open(installed, shops, database)
    yield opened
    opened.close()


def test_everything_is_put_together(installed: Settings, ways: Ways, shops: Shops, database: Database) -> None:
    clock = Hand()
    ways.seed(shops, database, clock.now)
    with database.transaction() as connection:
        assert all(order_count(connection, shop) for shop in shops.ids)
    inbox = Inbox(database, Counter(), clock)
    doors = Doors.open(installed, ways, shops, database, inbox, clock)
    buyer = Buyer("b" * 24, "10.0.0.1")
    doors.demo.say("demo-tmall", buyer, "发货了吗", "e1")
    view = doors.demo.look("demo-tmall", buyer, 0)
    assert [line.text for line in view.lines] == ["发货了吗"]
    assert view.order["status"] in ("paid", "shipped", "delivered")


def test_channels_are_named_as_conversations_name_them(ways: Ways) -> None:
    assert set(ways.channels) == {"webhook", "demo"}
    assert all(channel.name == name for name, channel in ways.channels.items())
    with pytest.raises(Refused, match="no webhook"):
        ways.channels["webhook"].deliver(MESSAGE)


def test_settings_reach_the_webhook(ways: Ways) -> None:
    with pytest.raises(Undelivered, match="cannot be reached"):
        ways.channels["webhook"].deliver(replace(MESSAGE, shop="demo-jd"))


def test_a_faulty_connection_stops_the_start(installed: Settings, shops: Shops, database: Database) -> None:
    (installed.connections_folder / "demo-pdd.yml").write_text("webhook: {}\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"demo-pdd\.yml"):
        Ways.open(installed, shops, database)
