from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from desk.app import build_app
from desk.assembly import Desk
from desk.people.sessions import FRAME
from desk.routes.live import PROTOCOL
from desk.service import make_service
from desk.settings import DeskSettings
from desk.shops import Shops
from tests.desk.people.crew import GOOD, OTHER, Crew
from tests.desk.routes.browser import Browser
from tests.desk.talk import LAMPS, SHOES, Orders, plain_ways

HOST = "https://desk.example"
LOGIN = {"name": "li", "password": GOOD}


@pytest.fixture
def client(desk: Desk, crew: Crew) -> Iterator[TestClient]:
    """A desk that lets one other desk show its side bar, without the agents' own clock."""
    settings = desk.settings.model_copy(update={"desk": DeskSettings(frame_origins=(HOST,))})
    shops = Shops({shop.id: shop for shop in (LAMPS, SHOES)})
    service = make_service(replace(desk, settings=settings, shops=shops), crew.database, plain_ways(Orders()))
    with TestClient(build_app(replace(service, people=crew.people)), "http://desk.test") as made:
        yield made


def _enter(client: TestClient, name: str = "li", password: str = GOOD) -> dict[str, str]:
    answer = client.post("/v1/frame/session", json={"name": name, "password": password})
    assert answer.status_code == 200, answer.text
    return {"Authorization": f"Bearer {answer.json()['token']}"}


def test_who_may_frame_the_side_bar_is_told(client: TestClient) -> None:
    assert client.get("/v1/frame").json() == {"origins": [HOST]}


def test_logging_in_sets_no_cookie_and_the_token_does_what_a_session_does(client: TestClient) -> None:
    answer = client.post("/v1/frame/session", json=LOGIN)
    assert "set-cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.json()["session"]["agent"] == "li"
    mine = _enter(client)
    assert client.get("/v1/session", headers=mine).json()["shops"] == [{"shop": "lamps", "role": "agent"}]
    assert [shop["id"] for shop in client.get("/v1/shops", headers=mine).json()] == ["lamps"]
    assert client.get("/v1/shops/shoes/conversations", headers=mine).status_code == 404
    assert client.delete("/v1/session", headers=mine).status_code == 204
    assert client.get("/v1/shops", headers=mine).status_code == 401


def test_a_request_without_a_cookie_cannot_be_forged_and_needs_no_other_token(client: TestClient, crew: Crew) -> None:
    mine = _enter(client, "boss")
    body = {"id": "wang", "password": OTHER}
    assert client.post("/v1/agents", json=body, headers=mine).status_code == 201
    assert any(agent.id == "wang" for agent in crew.people.agents.all())


def test_a_token_is_no_cookie_and_a_cookie_is_no_token(client: TestClient, crew: Crew) -> None:
    framed = _enter(client)["Authorization"].removeprefix("Bearer ")
    assert framed.startswith(FRAME)
    assert client.get("/v1/shops", headers={"Cookie": f"huashu_session={framed}"}).status_code == 401
    cookie = crew.enter("li")
    assert client.get("/v1/shops", headers={"Authorization": f"Bearer {cookie}"}).status_code == 401


@pytest.mark.parametrize("token", [FRAME, f"{FRAME}x", f"{FRAME}\u00e9"])
def test_a_token_that_is_none_lets_nobody_in(client: TestClient, token: str) -> None:
    sent = {"Authorization": f"Bearer {token}".encode("latin-1")}
    for path in ("/v1/session", "/v1/shops"):
        assert client.get(path, headers=sent).status_code == 401  # type: ignore[arg-type]


def test_the_limit_of_failed_logins_holds_here_too(client: TestClient) -> None:
    for _ in range(5):
        assert client.post("/v1/frame/session", json={**LOGIN, "password": "wrong"}).status_code == 401
    locked = client.post("/v1/frame/session", json=LOGIN)
    assert locked.status_code == 429
    assert int(locked.headers["Retry-After"]) > 0
    assert client.post("/v1/session", json=LOGIN).status_code == 429


def test_a_page_of_others_cannot_log_in(client: TestClient) -> None:
    refused = client.post("/v1/frame/session", json=LOGIN, headers={"Sec-Fetch-Site": "cross-site"})
    assert refused.status_code == 403


def test_who_must_change_the_password_does_it_in_the_panel(client: TestClient) -> None:
    made = client.post("/v1/agents", json={"id": "wang", "password": OTHER}, headers=_enter(client, "boss"))
    assert made.status_code == 201
    assert client.get("/v1/shops", headers=_enter(client, "wang", OTHER)).status_code == 403


def test_without_a_desk_of_others_there_is_no_side_bar(browser: Browser) -> None:
    assert browser.ask("GET", "/v1/frame").status_code == 404
    assert browser.ask("POST", "/v1/frame/session", LOGIN).status_code == 404


def test_live_events_come_by_the_token_among_the_subprotocols(client: TestClient) -> None:
    token = _enter(client)["Authorization"].removeprefix("Bearer ")
    with client.websocket_connect(
        "/v1/live?shop=lamps&after=7", subprotocols=[PROTOCOL, token], headers={"Origin": HOST}
    ) as socket:
        assert socket.accepted_subprotocol == PROTOCOL
        first: dict[str, Any] = json.loads(socket.receive_text())
        assert first["kind"] == "reset"


@pytest.mark.parametrize("offered", [[PROTOCOL], [PROTOCOL, f"{FRAME}x"]])
def test_live_events_need_a_token_that_is_one(client: TestClient, offered: list[str]) -> None:
    with (
        pytest.raises(WebSocketDisconnect),
        client.websocket_connect("/v1/live?shop=lamps", subprotocols=offered),
    ):
        pass
