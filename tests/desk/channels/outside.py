"""The other side of channels and order systems: a shop's own HTTP server, and the example client of the docs."""

from __future__ import annotations

import importlib.util
import json
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import ModuleType

PROJECT = Path(__file__).resolve().parents[3]
EXAMPLE = PROJECT / "docs" / "examples" / "webhook_client.py"
SECRET = "tests-only-" + "s" * 32


def load_example() -> ModuleType:
    """The module of docs/examples."""
    spec = importlib.util.spec_from_file_location("webhook_client", EXAMPLE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@contextmanager
def serving(server: ThreadingHTTPServer) -> Iterator[str]:
    """Runs a server for a while; gives its address."""
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


@dataclass(frozen=True)
class Asked:
    """A request that arrived; names of headers are in lower case."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Say:
    """What a server answers: after `wait` seconds, and `drip` seconds after each byte of the head."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    wait: float = 0.0
    drip: float = 0.0


class Shop:
    """A server that answers what it is told; `answer` decides by the request."""

    def __init__(self, answer: Callable[[Asked], Say] = lambda asked: Say()) -> None:  # noqa: ARG005
        self.answer = answer
        self.asked: list[Asked] = []
        self.closing = threading.Event()
        shop = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self._handle()

            def do_GET(self) -> None:
                self._handle()

            def _handle(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                headers = {name.lower(): value for name, value in self.headers.items()}
                asked = Asked(self.command, self.path, headers, body)
                shop.asked.append(asked)
                said = shop.answer(asked)
                if said.wait:
                    shop.closing.wait(said.wait)
                try:
                    self._say(said)
                except OSError:
                    self.close_connection = True

            def _say(self, said: Say) -> None:
                if said.drip:
                    for byte in b"HTTP/1.1 200 OK\r\n" + b"X-Slow: 1\r\n" * 100:
                        if shop.closing.wait(said.drip):
                            return
                        self.wfile.write(bytes([byte]))
                        self.wfile.flush()
                self.send_response(said.status)
                for name, value in {"Content-Length": str(len(said.body)), **said.headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(said.body)

            def log_message(self, *_: object) -> None:
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self._server.server_port

    def secure(self, context: ssl.SSLContext) -> None:
        """Serve by TLS."""
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)

    @contextmanager
    def open(self) -> Iterator[str]:
        """Serve; gives the address."""
        with serving(self._server) as url:
            try:
                yield url
            finally:
                self.closing.set()


def as_json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def wait_for(reached: Callable[[], bool], seconds: float = 10.0) -> bool:
    """Whether something comes about within a bound."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if reached():
            return True
        time.sleep(0.02)
    return reached()
