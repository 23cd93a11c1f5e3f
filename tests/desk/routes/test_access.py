from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi import FastAPI, WebSocket
from fastapi.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from contracts.errors import NotFound
from desk.people.access import Scope
from desk.routes.access import CallerOf, find_conversation
from desk.storage.conversations import conversation_of
from desk.storage.shops import lock_shop
from tests.desk.people.crew import Crew
from tests.desk.talk import START


@pytest.fixture
def client(crew: Crew) -> Iterator[TestClient]:
    """A WebSocket that says who opened it."""
    app = FastAPI()
    app.state.people = crew.people

    @app.websocket("/who")
    async def who(socket: WebSocket, caller: CallerOf) -> None:
        await socket.accept()
        await socket.send_text(caller.actor)
        await socket.close()

    with TestClient(app, "http://desk.test") as client:
        yield client


def _who(client: TestClient, **headers: str) -> str:
    with client.websocket_connect("ws://desk.test/who", headers=headers) as socket:
        return socket.receive_text()


def test_a_websocket_knows_agents_and_machines(client: TestClient, crew: Crew) -> None:
    cookie = f"huashu_session={crew.enter('li')}"
    assert _who(client, Cookie=cookie) == "li"
    assert _who(client, Cookie=cookie, Origin="http://desk.test") == "li"
    made = crew.people.tokens.make("erp", "lamps", [Scope.MESSAGES_READ], "boss")
    assert _who(client, Authorization=f"bearer {made.secret}") == f"token:{made.token.id}"


def test_a_websocket_of_another_page_or_of_nobody_is_refused(client: TestClient, crew: Crew) -> None:
    cookie = f"huashu_session={crew.enter('li')}"
    for headers in ({}, {"Cookie": cookie, "Origin": "http://evil.test"}, {"Cookie": cookie, "Origin": "null"}):
        with pytest.raises(WebSocketDisconnect):
            _who(client, **headers)


def test_a_conversation_is_found_for_those_of_its_shop(crew: Crew) -> None:
    with crew.database.transaction() as connection:
        lock_shop(connection, "shoes")
        talk = conversation_of(connection, "shoes", "memory", "zhang", START)
    assert find_conversation(crew.people, crew.session("boss").caller, talk.id) == talk
    with pytest.raises(NotFound):
        find_conversation(crew.people, crew.session("li").caller, talk.id)
