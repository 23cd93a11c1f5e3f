"""A shop's side of Huashu's webhook, with nothing but the standard library.

    python webhook_client.py send --url http://127.0.0.1:8800/v1/channels/webhook/demo-tmall \
        --secret-file secret.txt --buyer wang --text 能开专票吗
    python webhook_client.py serve --port 9000 --secret-file secret.txt

`send` hands a buyer's line to Huashu; `serve` takes what agents answer and prints it, each message once.
Copy `sign`, `verify` and the handler into your own system.
"""

from __future__ import annotations

import argparse
import hashlib
import hmac
import json
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

WINDOW = 300
"""Seconds that a time stamp may be off."""

MOST_BYTES = 65_536


def sign(secret: str, timestamp: int, body: bytes) -> str:
    """The value of X-Huashu-Signature."""
    return "sha256=" + hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()


def verify(secret: str, timestamp: str, signature: str, body: bytes, now: float) -> bool:
    """Whether a body comes from one who knows the secret, and is not an old one sent again."""
    if not (timestamp.isascii() and timestamp.isdecimal()) or abs(now - int(timestamp)) > WINDOW:
        return False
    return hmac.compare_digest(sign(secret, int(timestamp), body).encode(), signature.encode("utf-8", "replace"))


def send(url: str, secret: str, line: dict[str, str], timeout: float = 5.0) -> dict[str, object]:
    """Hand a buyer's line to Huashu. After a failure send the same line, with the same id, again."""
    body = json.dumps(line, ensure_ascii=False).encode()
    timestamp = int(time.time())
    headers = {
        "Content-Type": "application/json",
        "X-Huashu-Timestamp": str(timestamp),
        "X-Huashu-Signature": sign(secret, timestamp, body),
    }
    request = urllib.request.Request(url, body, headers, method="POST")
    with urllib.request.urlopen(request, timeout=timeout) as answer:
        kept: dict[str, object] = json.load(answer)
        return kept


def make_server(port: int, secret: str, take: Callable[[dict[str, str]], None]) -> ThreadingHTTPServer:
    """A server on 127.0.0.1 that hands each verified message to `take`, once for each key (port 0: any free one).

    It remembers keys in memory; a real shop keeps them with its messages.
    """
    seen: set[str] = set()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = self.headers.get("Content-Length", "")
            if not length.isdecimal() or int(length) > MOST_BYTES:
                self._answer(413)
                return
            body = self.rfile.read(int(length))
            timestamp = self.headers.get("X-Huashu-Timestamp", "")
            if not verify(secret, timestamp, self.headers.get("X-Huashu-Signature", ""), body, time.time()):
                self._answer(401)
                return
            key = self.headers.get("Idempotency-Key", "")
            if key in seen:
                self._answer(409)
                return
            take(json.loads(body))
            seen.add(key)
            self._answer(204)

        def _answer(self, status: int) -> None:
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Buyers' words and addresses stay out of the log."""

    return ThreadingHTTPServer(("127.0.0.1", port), Handler)


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="A shop's side of Huashu's webhook.")
    commands = parser.add_subparsers(dest="command", required=True)
    sending = commands.add_parser("send", help="hand a buyer's line to Huashu")
    for name in ("--url", "--buyer", "--text"):
        sending.add_argument(name, required=True)
    sending.add_argument("--id", default="", help="the line's own id; a random one by default")
    serving = commands.add_parser("serve", help="take and print what agents answer")
    serving.add_argument("--port", type=int, default=9000)
    for command in (sending, serving):
        command.add_argument("--secret-file", type=Path, required=True)
    given = parser.parse_args()
    secret = given.secret_file.read_text(encoding="utf-8").strip()
    if given.command == "serve":
        server = make_server(
            given.port, secret, lambda message: print(json.dumps(message, ensure_ascii=False), flush=True)
        )
        print(f"listening on 127.0.0.1:{server.server_port}", file=sys.stderr, flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            server.server_close()
        return 0
    line = {
        "id": given.id or uuid.uuid4().hex,
        "buyer": given.buyer,
        "text": given.text,
        "said_at": datetime.now(timezone.utc).isoformat(),
    }
    try:
        print(json.dumps(send(given.url, secret, line), ensure_ascii=False))
    except urllib.error.HTTPError as error:
        print(f"refused with {error.code}: {error.read(2000).decode('utf-8', 'replace')}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"not reached: {error}; send the same line again", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
