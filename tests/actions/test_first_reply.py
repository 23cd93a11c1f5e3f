from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

rasa_sdk = pytest.importorskip("rasa_sdk")

from rasa_sdk import Tracker  # noqa: E402 - only where the Rasa runtime is
from rasa_sdk.executor import CollectingDispatcher  # noqa: E402

from actions.first_reply import ActionFirstReply, choose  # noqa: E402


def suggestion(text: str, **changes: Any) -> dict[str, Any]:
    return {"text": text, "auto": True, "missing_slots": [], "findings": [], **changes}


class Desk(BaseHTTPRequestHandler):
    """Answers every request with what the test put on the server."""

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.server.asked.append((self.path, body))
        payload = self.server.answer.encode()
        self.send_response(self.server.status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(payload)))
        self.end_headers()
        self.wfile.write(payload)

    def log_message(self, *arguments: object) -> None:
        """Says nothing."""


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[HTTPServer]:
    server = HTTPServer(("127.0.0.1", 0), Desk)
    server.asked, server.answer, server.status = [], json.dumps({"suggestions": [suggestion("三天内给您发出～")]}), 200
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    monkeypatch.setenv("HUASHU_DESK__PORT", str(server.server_port))
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def said(text: str, metadata: dict[str, Any]) -> list[dict[str, Any]]:
    latest = {"text": text, "metadata": metadata}
    tracker = Tracker("buyer", {}, latest, [], False, None, {}, "action_listen")
    dispatcher = CollectingDispatcher()
    asyncio.run(ActionFirstReply().run(dispatcher, tracker, {}))
    return [{key: message[key] for key in ("text", "response") if message.get(key)} for message in dispatcher.messages]


def test_it_says_what_the_desk_suggests(desk: HTTPServer) -> None:
    assert said("咋还没发", {"platform": "tmall", "shop": "demo-tmall"}) == [{"text": "三天内给您发出～"}]
    assert desk.asked == [("/v1/suggestions", {"text": "咋还没发", "platform": "tmall", "shop": "demo-tmall"})]


@pytest.mark.parametrize(
    ("answer", "status"),
    [('{"suggestions": []}', 200), ('{"error": {"message": "x"}}', 422), ("not json", 200), ("{}", 503)],
)
def test_without_a_usable_answer_an_agent_is_promised(desk: HTTPServer, answer: str, status: int) -> None:
    desk.answer, desk.status = answer, status
    assert said("咋还没发", {"platform": "tmall"}) == [{"response": "utter_handover"}]


def test_a_message_without_a_platform_is_handed_over_unasked(desk: HTTPServer) -> None:
    assert said("咋还没发", {}) == [{"response": "utter_handover"}]
    assert desk.asked == []


def test_a_desk_that_is_down_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUASHU_DESK__PORT", "1")
    assert said("咋还没发", {"platform": "tmall"}) == [{"response": "utter_handover"}]


@pytest.mark.parametrize(
    "first",
    [
        suggestion("要客服看过", auto=False),
        suggestion("{order.number}", missing_slots=["order.number"]),
        suggestion("保证", findings=[{"clause": "x"}]),
    ],
)
def test_only_a_complete_reply_approved_for_it_leaves_alone(first: dict[str, Any]) -> None:
    assert choose({"suggestions": [first]}) is None
    assert choose({"suggestions": [first, suggestion("好的")]}) == "好的"
