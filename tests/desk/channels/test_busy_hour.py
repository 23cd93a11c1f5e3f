from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from contracts.context import OrderStatus
from contracts.conversation import Incoming
from contracts.errors import InputError, NotFound, ServiceDown
from desk.channels.busy_hour import AlreadyBusy, BusyHour
from desk.channels.demo_dialogues import DemoDialogue, DemoLine
from desk.channels.pace import TooOften
from desk.settings import ChannelSettings
from desk.storage.conversations import conversations_in, messages_of
from desk.storage.orders import OrderRow, latest_order
from tests.desk.channels.app import build, open_doors
from tests.desk.talk import START, SmallDesk

HERE = "203.0.113.7"
PATH = "/v1/demo/lamps/busy-hour"
ORDERS = {
    "lamps": tuple(
        OrderRow(f"2611200000000{number}", "小林", START, {"status": status.value})
        for number, status in enumerate(OrderStatus)
    )
}
DIALOGUES = (
    DemoDialogue(
        "first",
        OrderStatus.LOCKED,
        ("invoice/issue",),
        frozenset(),
        (DemoLine(0, "在吗"), DemoLine(60, "能开票吗"), DemoLine(600, "人呢")),
    ),
    DemoDialogue("second", OrderStatus.CLOSED, ("discount/bargain",), frozenset(), (DemoLine(30, "便宜点呗"),)),
    DemoDialogue("shoes", OrderStatus.PAID, ("product/stock",), frozenset({"shoes"}), (DemoLine(0, "有货吗"),)),
)


@pytest.fixture
def hour(small_desk: SmallDesk) -> BusyHour:
    return open_doors(small_desk, orders=ORDERS, dialogues=DIALOGUES).busy_hour


def _said(desk: SmallDesk) -> list[list[str]]:
    """The lines of each conversation of the lamp shop."""
    with desk.database.transaction() as connection:
        talks = conversations_in(connection, "lamps", 10)
        return sorted([line.text for line in messages_of(connection, talk.id, 50)] for talk in talks)


def test_lines_come_when_they_are_due_and_once(hour: BusyHour, small_desk: SmallDesk) -> None:
    begun = hour.begin("lamps", HERE, speed=60)
    assert (begun.running, begun.conversations, begun.lines, begun.seconds_left) == (True, 2, 4, 10)
    hour.step()
    assert _said(small_desk) == [["在吗"]]
    small_desk.clock.forward(seconds=1)
    hour.step()
    hour.step()
    assert _said(small_desk) == [["便宜点呗"], ["在吗", "能开票吗"]]
    assert hour.progress("lamps").played == 3
    small_desk.clock.forward(seconds=9)
    hour.step()
    assert _said(small_desk) == [["便宜点呗"], ["在吗", "能开票吗", "人呢"]]
    assert not hour.progress("lamps").running


def test_every_line_is_read_like_one_of_any_channel(hour: BusyHour, small_desk: SmallDesk) -> None:
    hour.begin("lamps", HERE, speed=3600)
    small_desk.clock.forward(seconds=1)
    hour.step()
    assert small_desk.unread.times == 4
    with small_desk.database.transaction() as connection:
        talks = conversations_in(connection, "lamps", 10)
        orders = [latest_order(connection, "lamps", talk.buyer) for talk in talks]
    assert {talk.channel for talk in talks} == {"demo"}
    assert all(talk.buyer_name.startswith("演示买家") for talk in talks)
    assert {order.fields["status"] for order in orders if order} == {"locked", "closed"}


def test_a_second_press_is_refused_until_the_hour_is_over(hour: BusyHour, small_desk: SmallDesk) -> None:
    hour.begin("lamps", HERE)
    with pytest.raises(AlreadyBusy):
        hour.begin("lamps", HERE)
    small_desk.clock.forward(minutes=5)
    hour.step()
    hour.begin("lamps", HERE)
    small_desk.clock.forward(minutes=5)
    hour.step()
    counted = Counter(tuple(lines) for lines in _said(small_desk))
    assert set(counted.values()) == {2}, "the second hour has buyers of its own"


def test_what_the_database_did_not_take_is_played_later_and_once(
    hour: BusyHour, small_desk: SmallDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    receive = small_desk.inbox.receive

    def then_down(incoming: Incoming) -> Any:
        receive(incoming)
        raise ServiceDown("the database does not answer")

    hour.begin("lamps", HERE, speed=3600)
    small_desk.clock.forward(seconds=1)
    with monkeypatch.context() as patch:
        patch.setattr(small_desk.inbox, "receive", then_down)
        with pytest.raises(ServiceDown):
            hour.step()
    hour.step()
    assert _said(small_desk) == [["便宜点呗"], ["在吗", "能开票吗", "人呢"]]


@pytest.mark.parametrize("shop", ["shoes", "nobody", ""])
def test_only_demo_shops_have_a_busy_hour(small_desk: SmallDesk, shop: str) -> None:
    everywhere = open_doors(small_desk, ChannelSettings(demo_everywhere=True), dialogues=DIALOGUES).busy_hour
    with pytest.raises(NotFound):
        everywhere.begin(shop, HERE)
    with pytest.raises(NotFound):
        everywhere.progress(shop)


@pytest.mark.parametrize("speed", [0.0, -1.0, float("nan")])
def test_a_speed_that_is_none_is_refused(hour: BusyHour, speed: float) -> None:
    with pytest.raises(InputError):
        hour.begin("lamps", HERE, speed)


def test_an_address_may_press_only_so_often(hour: BusyHour, small_desk: SmallDesk) -> None:
    def press_often() -> None:
        for _ in range(100):
            hour.begin("lamps", HERE, speed=3600)
            small_desk.clock.forward(seconds=1)
            hour.step()

    with pytest.raises(TooOften):
        press_often()
    hour.begin("lamps", "198.51.100.1")


def test_over_http(small_desk: SmallDesk) -> None:
    doors = open_doors(small_desk, orders=ORDERS, dialogues=DIALOGUES)
    with TestClient(build(doors)) as client:
        assert client.get("/v1/demo").json() == [{"id": "lamps", "name": "暖灯", "platform": "tmall"}]
        assert client.get(PATH).json()["running"] is False
        begun = client.post(PATH, json={"speed": 3600})
        assert (begun.status_code, begun.json()["lines"]) == (202, 4)
        assert client.post(PATH).status_code == 409
        small_desk.clock.now += timedelta(seconds=1)
        doors.busy_hour.step()
        assert client.get(PATH).json() == {
            "running": False, "conversations": 2, "lines": 4, "played": 4, "seconds_left": 0,
        }  # fmt: skip
        assert client.post(PATH).status_code == 202
        assert client.post("/v1/demo/shoes/busy-hour").status_code == 404
        for body in ({"speed": 0}, {"speed": 1e9}, {"speed": "x"}, {"hurry": 1}, [], "x"):
            assert client.post(PATH, json=body).status_code == 422, body
