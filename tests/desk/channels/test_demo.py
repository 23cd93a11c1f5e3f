from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from contracts.conversation import Outgoing
from contracts.errors import NotFound, ServiceDown
from contracts.turn import Speaker
from desk.channels.demo import LONGEST, Buyer, DemoChannel
from desk.channels.protocol import Refused
from desk.delivery import Deliverer
from desk.routes.demo_buyer import COOKIE, HEADER
from desk.settings import ChannelSettings
from desk.storage.conversations import conversations_in, find_external, get_conversation
from desk.storage.database import Connection
from desk.storage.demo_window import shown_after, window_of
from desk.storage.orders import OrderRow, orders_of
from desk.storage.tables import messages
from tests.desk.channels.app import build, open_doors
from tests.desk.channels.conformance import ChannelConformance
from tests.desk.talk import SmallDesk

GOOD = "可以开的亲，付款后把抬头发我，免费给您开"
BUYER = Buyer("b" * 24, "10.0.0.1")
ME = {HEADER: "a" * 24}
MESSAGES = "/v1/demo/lamps/messages"
ORDERS = {
    "lamps": (
        OrderRow("26112000000001", "小林", datetime.fromisoformat("2025-03-01T10:00+08:00"), {"status": "unpaid"}),
        OrderRow(
            "26112000000002",
            "阿珍",
            datetime.fromisoformat("2025-02-27T10:00+08:00"),
            {"status": "shipped", "paid_at": "2025-02-27T10:01:00+08:00", "shipped_on": "2025-02-28", "item": "台灯"},
        ),
    )
}


class WindowOutside:
    """The buyer window of a conversation in a small desk."""

    def __init__(self, desk: SmallDesk) -> None:
        self.channel = DemoChannel(desk.database)
        self._desk = desk
        self._made = 0
        received = open_doors(desk).demo.say("lamps", BUYER, "在吗", "e1")
        self._conversation = received.conversation

    def outgoing(self, text: str) -> Outgoing:
        self._made += 1
        draft = self._desk.draft(self._conversation, "好的", key=f"k{self._made}")
        message = self._desk.sender.send(draft).message.id
        with self._desk.database.transaction() as connection:
            _say_instead(connection, message, text)
        return Outgoing(message, "lamps", "demo", self._conversation, BUYER.name, text, 1)

    def seen(self) -> list[str]:
        with self._desk.database.transaction() as connection:
            return [line.text for line in shown_after(connection, self._conversation, 0, 50) if not line.mine]

    def cut(self) -> None:
        self._desk.database.transaction = _no_answer  # type: ignore[method-assign]

    def mend(self) -> None:
        del self._desk.database.transaction  # type: ignore[method-assign]


def _no_answer() -> Any:
    raise ServiceDown("the database does not answer")


def _say_instead(connection: Connection, message: str, text: str) -> None:
    """Give a stored line another text: the rules let few texts pass, a channel takes any."""
    connection.execute(messages.update().where(messages.c.id == message).values(text=text))


class TestConformance(ChannelConformance):
    @pytest.fixture
    def outside(self, small_desk: SmallDesk) -> WindowOutside:
        return WindowOutside(small_desk)


@pytest.fixture
def client(small_desk: SmallDesk) -> Iterator[TestClient]:
    with TestClient(build(open_doors(small_desk, orders=ORDERS))) as made:
        yield made


def _say(client: TestClient, text: str, name: str, **more: Any) -> Any:
    answer = client.post(MESSAGES, json={"text": text, "id": name}, headers=ME, **more)
    assert answer.status_code == 202, answer.text
    return answer.json()


def _answer(desk: SmallDesk, text: str = GOOD, key: str = "k1") -> None:
    """An agent answers the latest conversation, and the outbox is emptied."""
    with desk.database.transaction() as connection:
        talk = conversations_in(connection, "lamps", 1)[0]
    desk.sender.send(desk.draft(talk.id, text, key=key))
    deliverer = Deliverer(desk.database, {"demo": DemoChannel(desk.database)}, "d2", desk.clock)
    while deliverer.step():
        pass


def test_a_buyer_sees_each_line_once_in_the_order_of_appearing(client: TestClient, small_desk: SmallDesk) -> None:
    _say(client, "能开专票吗", "e1")
    _answer(small_desk)
    first = client.get(MESSAGES, headers=ME).json()
    assert [(line["mine"], line["text"]) for line in first["lines"]] == [(True, "能开专票吗"), (False, GOOD)]
    assert first["shop"] == "暖灯"
    assert client.get(MESSAGES, params={"after": first["next"]}, headers=ME).json()["lines"] == []
    _say(client, "好的", "e2")
    later = client.get(MESSAGES, params={"after": first["next"]}, headers=ME).json()
    assert [line["text"] for line in later["lines"]] == ["好的"]
    assert later["next"] > first["next"]


def test_a_line_that_is_delivered_late_is_not_missed(client: TestClient, small_desk: SmallDesk) -> None:
    _say(client, "能开专票吗", "e1")
    with small_desk.database.transaction() as connection:
        talk = conversations_in(connection, "lamps", 1)[0]
    small_desk.sender.send(small_desk.draft(talk.id, GOOD))
    _say(client, "在吗", "e2")
    seen = client.get(MESSAGES, headers=ME).json()
    assert [line["text"] for line in seen["lines"]] == ["能开专票吗", "在吗"]
    _answer(small_desk, "抬头和税号发我就行", key="k2")
    later = client.get(MESSAGES, params={"after": seen["next"]}, headers=ME).json()
    assert [line["text"] for line in later["lines"]] == [GOOD, "抬头和税号发我就行"]


def test_the_same_line_again_is_one_line(client: TestClient) -> None:
    first, again = _say(client, "能开专票吗", "e1"), _say(client, "能开专票吗", "e1")
    assert (first["duplicate"], again) == (False, {**first, "duplicate": True})
    assert len(client.get(MESSAGES, headers=ME).json()["lines"]) == 1
    assert client.post(MESSAGES, json={"text": "别的", "id": "e1"}, headers=ME).status_code == 409


def test_a_new_buyer_gets_an_id_in_a_cookie_and_sees_only_their_own(client: TestClient) -> None:
    answer = client.post(MESSAGES, json={"text": "能开专票吗", "id": "e1"})
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"{COOKIE}=")
    assert all(word in cookie for word in ("HttpOnly", "SameSite=strict", "Path=/v1/demo"))
    assert "Secure" not in cookie
    assert len(client.get(MESSAGES).json()["lines"]) == 1
    assert client.get(MESSAGES, headers=ME).json()["lines"] == []
    client.cookies.clear()
    assert client.get(MESSAGES).json()["lines"] == []


def test_over_tls_the_cookie_is_for_tls_alone(small_desk: SmallDesk) -> None:
    with TestClient(build(open_doors(small_desk)), base_url="https://testserver") as client:
        assert "Secure" in client.post(MESSAGES, json={"text": "在吗", "id": "e1"}).headers["set-cookie"]


def test_a_newcomer_has_an_order_with_filled_slots_of_these_days(client: TestClient, small_desk: SmallDesk) -> None:
    assert client.get(MESSAGES, headers=ME).json()["order"] is None
    _say(client, "发货了吗", "e1")
    order = client.get(MESSAGES, headers=ME).json()["order"]
    assert (order["status"], order["item"]) == ("shipped", "台灯")
    assert order["number"].startswith("26112000")
    assert order["number"] not in ("26112000000001", "26112000000002")
    assert order["shipped_on"] == "2026-11-18"
    assert order["paid_at"] == "2026-11-17T10:01:00+08:00"
    _say(client, "在吗", "e2")
    with small_desk.database.transaction() as connection:
        (row,) = orders_of(connection, "lamps", 10)
    assert row.placed_at == datetime.fromisoformat("2026-11-17T10:00+08:00")


def test_the_desk_gives_a_buyer_a_name_and_a_prefix_of_this_channel(client: TestClient, small_desk: SmallDesk) -> None:
    _say(client, "在吗", "e1")
    with small_desk.database.transaction() as connection:
        (talk,) = conversations_in(connection, "lamps", 10)
        assert get_conversation(connection, talk.id) == talk
        assert find_external(connection, talk.id, Speaker.BUYER, "e1") is not None
    assert (talk.channel, talk.buyer) == ("demo", "demo:" + "a" * 24)
    assert talk.buyer_name.startswith("演示买家")


@pytest.mark.parametrize("shop", ["shoes", "nobody", "a%00b", "..%2Flamps"])
def test_shops_without_a_window_are_not_there(client: TestClient, shop: str) -> None:
    path = f"/v1/demo/{shop}/messages"
    assert client.get(path, headers=ME).status_code == 404
    assert client.post(path, json={"text": "在吗", "id": "e1"}, headers=ME).status_code == 404


def test_settings_may_open_every_shop(small_desk: SmallDesk) -> None:
    doors = open_doors(small_desk, ChannelSettings(demo_everywhere=True))
    assert doors.demo.say("shoes", BUYER, "在吗", "e1").duplicate is False
    with pytest.raises(NotFound):
        doors.demo.say("nobody", BUYER, "在吗", "e1")


def test_what_cannot_be_used_is_refused(client: TestClient) -> None:
    bodies: list[Any] = [
        {"text": "", "id": "e"},
        {"text": " \u200b", "id": "e"},
        {"text": "字" * (LONGEST + 1), "id": "e"},
        {"text": "在吗"},
        {"text": "在吗", "id": ""},
        {"text": "在吗", "id": "a\u0000b"},
        {"text": "在吗", "id": "e", "buyer": "someone"},
        [],
        None,
    ]
    for body in bodies:
        assert client.post(MESSAGES, json=body, headers=ME).status_code == 422, body
    for header in ("short", "x" * 65, "a" * 20 + "!", "demo:aaaaaaaaaaaaaaaaaaaa"):
        assert client.get(MESSAGES, headers={HEADER: header}).status_code == 422
    for after in ("-1", "x", "9" * 40):
        assert client.get(MESSAGES, params={"after": after}, headers=ME).status_code == 422


def test_a_buyer_and_an_address_can_write_only_so_often(small_desk: SmallDesk) -> None:
    client = TestClient(build(open_doors(small_desk, ChannelSettings(demo_lines=2))))
    counter = iter(range(1000))

    def write(buyer: str) -> int:
        body = {"text": "在吗", "id": f"e{next(counter)}"}
        answer = client.post(MESSAGES, json=body, headers={HEADER: buyer * 24})
        if answer.status_code == 429:
            assert 1 <= int(answer.headers["retry-after"]) <= 60
        return answer.status_code

    assert [write("a") for _ in range(3)] == [202, 202, 429]
    small_desk.clock.now += timedelta(seconds=30)
    assert [write("a") for _ in range(2)] == [202, 429]
    results = [write(buyer) for buyer in "bcdefghijklm" for _ in range(2)]
    assert 429 in results
    client.close()


def test_a_message_of_another_conversation_is_refused(small_desk: SmallDesk) -> None:
    doors, channel = open_doors(small_desk), DemoChannel(small_desk.database)
    mine = doors.demo.say("lamps", BUYER, "在吗", "e1")
    other = doors.demo.say("lamps", Buyer("c" * 24, "10.0.0.1"), "在吗", "e1")
    message = Outgoing(mine.message, "lamps", "demo", other.conversation, "demo:x", "在吗", 1)
    with pytest.raises(Refused, match="not one of this conversation"):
        channel.deliver(message)


def test_a_line_whose_showing_was_cut_off_is_shown_later(
    small_desk: SmallDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    doors = open_doors(small_desk)
    cut: Callable[..., None] = lambda connection, conversation: _no_answer()  # noqa: E731, ARG005
    with monkeypatch.context() as patch:
        patch.setattr("desk.channels.demo.show_own", cut)
        with pytest.raises(ServiceDown):
            doors.demo.say("lamps", BUYER, "能开专票吗", "e1")
    assert doors.demo.look("lamps", BUYER, 0).lines == ()
    _answer(small_desk)
    assert [line.text for line in doors.demo.look("lamps", BUYER, 0).lines] == ["能开专票吗", GOOD]
    with small_desk.database.transaction() as connection:
        assert window_of(connection, "lamps", "demo", BUYER.name) is not None
