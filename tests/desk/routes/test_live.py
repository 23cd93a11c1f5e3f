from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from starlette.testclient import WebSocketTestSession
from starlette.websockets import WebSocketDisconnect

from desk.routes import live
from desk.storage.database import Database
from desk.storage.feed import forget_events
from tests.desk.office import Office, until


@contextmanager
def _panel(office: Office, agent: str = "li", shop: str = "lamps", after: int | None = None) -> Iterator[Any]:
    address = f"/v1/live?shop={shop}" + (f"&after={after}" if after is not None else "")
    with office.client(agent).websocket_connect(address) as socket:
        yield socket


def _next(socket: WebSocketTestSession) -> dict[str, Any]:
    event: dict[str, Any] = json.loads(socket.receive_text())
    return event


def test_what_happens_arrives_in_order(office: Office) -> None:
    with _panel(office, after=0) as socket:
        asked = office.ask()
        first, second = _next(socket), _next(socket)
        assert [(first["number"], first["kind"]), (second["number"], second["kind"])] == [
            (1, "message"),
            (2, "suggestions"),
        ]
        assert first["conversation"] == asked.conversation
        assert first["body"]["text"] == "能开专票吗"
        answer = {"text": "可以开的亲，付款后把抬头发我，免费给您开", "key": "k"}
        office.client("zhao").post(f"/v1/conversations/{asked.conversation}/messages", json=answer)
        assert [_next(socket)["kind"] for _ in range(2)] == ["message", "delivery"]


def test_one_who_was_away_gets_what_they_missed_and_nothing_twice(office: Office) -> None:
    for number in range(5):
        office.ask(buyer=f"b{number}")
    until(lambda: office.service.live.last("lamps") == 10)
    with _panel(office, after=4) as socket:
        assert [_next(socket)["number"] for _ in range(6)] == [5, 6, 7, 8, 9, 10]
        office.ask(buyer="new")
        assert [_next(socket)["number"] for _ in range(2)] == [11, 12]
    with _panel(office, after=12) as socket:
        office.ask(buyer="newer")
        assert _next(socket)["number"] == 13


def test_a_number_that_is_of_no_use_is_answered_by_a_reset(office: Office, database: Database) -> None:
    office.ask()
    until(lambda: office.service.live.last("lamps") == 2)
    with _panel(office, after=99) as socket:
        assert (_next(socket)["kind"], _last(office)) == ("reset", 2)
    with database.transaction() as connection:
        forget_events(connection, "lamps", office.service.clock())
    with _panel(office, after=1) as socket:
        assert _next(socket) | {"at": ""} == {"number": 2, "kind": "reset", "conversation": "", "at": "", "body": {}}


def _last(office: Office) -> int:
    return office.service.live.last("lamps")


def test_typing_is_shown_and_not_stored(office: Office) -> None:
    asked = office.ask()
    until(lambda: _last(office) == 2)
    with _panel(office, after=2) as socket:
        socket.send_text("ping")
        assert socket.receive_text() == "pong"
        until(lambda: office.service.live.count)
        assert office.client("zhao").post(f"/v1/conversations/{asked.conversation}/typing").status_code == 204
        told = _next(socket)
    assert (told["number"], told["kind"], told["body"]) == (None, "typing", {"agent": "zhao"})
    assert _last(office) == 2


def test_the_events_of_one_shop_stay_there(office: Office) -> None:
    with _panel(office, "wang", "shoes", after=0) as socket:
        office.ask()
        office.ask("鞋子偏大吗", shop="shoes")
        assert _next(socket)["body"]["text"] == "鞋子偏大吗"


@pytest.mark.parametrize(("agent", "shop"), [("li", "shoes"), ("li", "nowhere"), ("wang", "lamps")])
def test_another_shop_is_not_followed(office: Office, agent: str, shop: str) -> None:
    with pytest.raises(WebSocketDisconnect), _panel(office, agent, shop):
        pass


def test_another_sites_page_is_not_served(office: Office) -> None:
    client = office.client("li")
    with (
        pytest.raises(WebSocketDisconnect),
        client.websocket_connect("/v1/live?shop=lamps", headers={"Origin": "https://elsewhere.example"}),
    ):
        pass
    with client.websocket_connect("/v1/live?shop=lamps&after=0", headers={"Origin": "http://testserver"}) as socket:
        office.ask()
        assert _next(socket)["number"] == 1


def test_a_connection_ends_with_its_session(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "_LOOK", 0.05)
    with _panel(office) as socket:
        with office.service.database.transaction() as connection:
            from desk.storage.sessions import end_sessions

            end_sessions(connection, "li")
        with pytest.raises(WebSocketDisconnect) as ended:
            socket.receive_text()
    assert ended.value.code == live.NO_ACCESS
    until(lambda: office.service.live.count == 0)


def test_events_can_be_asked_for_as_well(office: Office) -> None:
    office.ask()
    until(lambda: _last(office) == 2)
    page = office.client("li").get("/v1/shops/lamps/events", params={"after": 1}).json()
    assert [event["number"] for event in page["events"]] == [2]
    assert page["last"] == 2
