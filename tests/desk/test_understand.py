from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from contracts.errors import ServiceDown
from contracts.platform import Platform
from contracts.turn import Inquiry
from contracts.understanding import Entity, Guess
from contracts.utterance import Utterance
from desk.understand import CONTEXT_CHARACTERS, NoReader, RasaReader

ASKED = Inquiry("能开专票吗", Platform.TMALL, previous_buyer="在吗", previous_agent="在的")
GOOD: dict[str, Any] = {
    "text": "能开专票吗",
    "intent": {"name": "invoice", "confidence": 0.9},
    "intent_ranking": [{"name": "invoice", "confidence": 0.9}, {"name": "payment", "confidence": 0.1}],
    "topics": [{"name": "invoice/type", "confidence": 0.8}],
    "entities": [{"entity": "invoice_kind", "value": "专票", "start": 2, "end": 4, "extractor": "x"}],
}


class FakeRasa(ThreadingHTTPServer):
    """Answers every parse with `status` and `body`, or, while `hang` is set, not before it ends."""

    daemon_threads = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.status = 200
        self.body: bytes = json.dumps(GOOD).encode()
        self.hang = False
        self.released = threading.Event()
        self.received: list[dict[str, Any]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: FakeRasa

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.received.append({"path": self.path, **json.loads(body)})
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        if self.server.hang:
            self.server.released.wait()
            return
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(self.server.body)))
        self.end_headers()
        self.wfile.write(self.server.body)

    def log_message(self, *_arguments: object) -> None:
        """Nothing on the terminal."""


@pytest.fixture
def rasa() -> Iterator[FakeRasa]:
    server = FakeRasa()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.released.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def reader(rasa: FakeRasa) -> Iterator[RasaReader]:
    reader = RasaReader(rasa.url, timeout=20)
    yield reader
    reader.close()


def test_a_good_answer_is_read(reader: RasaReader) -> None:
    understanding = reader.read(ASKED)
    assert understanding.intents == (Guess("invoice", 0.9), Guess("payment", 0.1))
    assert understanding.topics == (Guess("invoice/type", 0.8),)
    assert understanding.entities == (Entity("invoice_kind", "专票", 2, 4),)
    assert (understanding.source, understanding.degraded, understanding.note) == ("rasa", False, "")


def test_the_lines_before_travel_with_the_message(reader: RasaReader, rasa: FakeRasa) -> None:
    reader.read(ASKED)
    assert rasa.received == [{"path": "/model/parse", "text": Utterance("能开专票吗", "在的", "在吗").pack()}]


def test_of_long_lines_before_the_end_is_sent(reader: RasaReader, rasa: FakeRasa) -> None:
    reader.read(Inquiry("好", Platform.JD, previous_agent="远" * 5_000 + "近", previous_buyer="早" * 5_000 + "晚"))
    sent = Utterance.unpack(rasa.received[0]["text"])
    assert (sent.text, sent.agent[-1], sent.buyer[-1]) == ("好", "近", "晚")
    assert len(sent.agent) == len(sent.buyer) == CONTEXT_CHARACTERS


def test_an_answer_with_the_intent_alone_is_enough(reader: RasaReader, rasa: FakeRasa) -> None:
    rasa.body = json.dumps({"intent": {"name": "greet", "confidence": 0.7}}).encode()
    assert reader.read(ASKED).intents == (Guess("greet", 0.7),)


@pytest.mark.parametrize("status", [500, 503, 409, 404, 302])
def test_an_error_is_a_service_that_is_down(reader: RasaReader, rasa: FakeRasa, status: int) -> None:
    rasa.status = status
    rasa.body = json.dumps({"status": "failure", "reason": "ParsingError", "code": status}).encode()
    with pytest.raises(ServiceDown):
        reader.read(ASKED)


BAD = [
    b"",
    b"<html>",
    b"\xff\xfe",
    b"[" * 5_000,
    b"null",
    b"[]",
    b"{}",
    b'{"intent": null}',
    b'{"intent": "invoice"}',
    b'{"intent": {"name": null}}',
    b'{"intent": {"name": "invoice"}}',
    b'{"intent": {"name": "invoice", "confidence": "high"}}',
    b'{"intent": {"name": "invoice", "confidence": 1}, "intent_ranking": [{"name": "invoice"}]}',
    b'{"intent": {"name": "invoice", "confidence": 1}, "intent_ranking": "invoice"}',
    b'{"intent": {"name": "invoice", "confidence": 1}, "topics": {"invoice/type": 1}}',
    b'{"intent": {"name": "invoice", "confidence": 1}, "entities": [{"entity": "amount", "value": "3"}]}',
    b'{"intent": {"name": "invoice", "confidence": 1}, "entities": null, "topics": [null]}',
]


@pytest.mark.parametrize("body", BAD, ids=lambda body: body[:70].decode("latin-1"))
def test_an_answer_of_another_form_is_a_service_that_is_down(reader: RasaReader, rasa: FakeRasa, body: bytes) -> None:
    rasa.body = body
    with pytest.raises(ServiceDown):
        reader.read(ASKED)


def test_it_answers_again_after_an_error(reader: RasaReader, rasa: FakeRasa) -> None:
    rasa.status = 500
    for _ in range(RasaReader.FAILURES + 1):
        with pytest.raises(ServiceDown):
            reader.read(ASKED)
    rasa.status = 200
    assert reader.read(ASKED).intents


def test_a_hanging_server_is_given_up_and_then_left_alone(rasa: FakeRasa) -> None:
    rasa.hang = True
    reader = RasaReader(rasa.url, timeout=0.2)
    try:
        for _ in range(RasaReader.FAILURES):
            with pytest.raises(ServiceDown, match="没有按时回答"):
                reader.read(ASKED)
        with pytest.raises(ServiceDown, match="先停几秒"):
            reader.read(ASKED)
        assert len(rasa.received) == RasaReader.FAILURES
    finally:
        reader.close()


class _Forgiving(RasaReader):
    PAUSE = 0.0


def test_after_the_pause_it_is_asked_again(rasa: FakeRasa) -> None:
    rasa.hang = True
    reader = _Forgiving(rasa.url, timeout=0.2)
    try:
        for _ in range(RasaReader.FAILURES + 1):
            with pytest.raises(ServiceDown, match="没有按时回答"):
                reader.read(ASKED)
        rasa.hang = False
        rasa.released.set()
        assert reader.read(ASKED).intents
    finally:
        reader.close()


def test_nobody_there_is_a_service_that_is_down() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    reader = RasaReader(f"http://127.0.0.1:{port}", timeout=5)
    try:
        with pytest.raises(ServiceDown, match="连接不上"):
            reader.read(ASKED)
        assert not reader.ready()
    finally:
        reader.close()


@pytest.mark.parametrize(
    ("status", "body", "ready"),
    [
        (200, {"model_file": "a.tar.gz", "model_id": "1f", "num_active_training_jobs": 0}, True),
        (200, {"model_file": None, "model_id": None}, False),
        (200, ["1f"], False),
        (409, {"status": "failure", "reason": "no model"}, False),
        (500, {"model_id": "1f"}, False),
    ],
)
def test_ready_with_a_model_only(reader: RasaReader, rasa: FakeRasa, status: int, body: Any, ready: bool) -> None:
    rasa.status, rasa.body = status, json.dumps(body).encode()
    assert reader.ready() is ready


def test_ready_survives_an_answer_that_is_not_json(reader: RasaReader, rasa: FakeRasa) -> None:
    rasa.body = b"<html>"
    assert reader.ready() is False


def test_where_no_model_is_wanted_nobody_reads() -> None:
    reader = NoReader()
    assert reader.ready() is False
    with pytest.raises(ServiceDown):
        reader.read(ASKED)
    reader.close()
