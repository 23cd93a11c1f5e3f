"""The shops' own end: takes what the desk delivers by webhook, once for each key."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from desk.channels.signing import KEY, SIGNATURE, TIMESTAMP, is_signed


class ShopEnd:
    """A small server; `got` counts how often each key came. Used from its threads and read from others."""

    def __init__(self, secrets: Mapping[str, str]) -> None:
        """`secrets`: what each shop's messages are signed with."""
        self.got: Counter[str] = Counter()
        self.unsigned = 0
        self._secrets = dict(secrets)
        self._lock = threading.Lock()
        end = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                taken = end._take(self.headers, body)
                self.send_response(204 if taken else 401)
                self.end_headers()

            def log_message(self, *_arguments: Any) -> None:
                return None

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, name="shop-end", daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/messages"

    def close(self) -> None:
        """End the server."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _take(self, headers: Any, body: bytes) -> bool:
        secret = self._secrets.get(str(json.loads(body)["shop"]), "")
        stamp, signature = headers.get(TIMESTAMP, ""), headers.get(SIGNATURE, "")
        with self._lock:
            if not is_signed((secret,), stamp, signature, body, time.time()):
                self.unsigned += 1
                return False
            self.got[headers[KEY]] += 1
        return True
