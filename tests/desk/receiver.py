"""A buyer's end of a channel: takes messages over HTTP, slowly, and remembers who handed over what."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Receiver:
    """Counts what it gets by key; `clashes` are conversations in which two messages came at once."""

    def __init__(self, pause: float) -> None:
        self.got: Counter[str] = Counter()
        self.processes: Counter[int] = Counter()
        self.order: dict[str, list[str]] = {}
        self.clashes: list[str] = []
        self._busy: set[str] = set()
        self._lock = threading.Lock()
        self._pause = pause
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                receiver.take(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(204)
                self.end_headers()

            def log_message(self, *arguments: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port = int(self._server.server_address[1])
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def take(self, told: dict[str, Any]) -> None:
        talk = told["conversation"]
        with self._lock:
            if talk in self._busy:
                self.clashes.append(talk)
            self._busy.add(talk)
        time.sleep(self._pause)
        with self._lock:
            self._busy.discard(talk)
            self.got[told["key"]] += 1
            self.processes[told["process"]] += 1
            if self.got[told["key"]] == 1:
                self.order.setdefault(talk, []).append(told["key"])

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
