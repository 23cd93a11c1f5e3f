from __future__ import annotations

import json
import ssl
import subprocess
import threading
from collections.abc import Iterator
from datetime import datetime, timezone
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest

from contracts.conversation import Outgoing
from desk.calls import Caller
from desk.channels.protocol import Refused, Undelivered
from desk.channels.signing import sign
from desk.channels.webhook import Webhook, body_of
from desk.connections import WebhookConnection
from tests.desk.channels.conformance import ChannelConformance
from tests.desk.channels.outside import SECRET, Say, Shop, load_example, serving

LOOPBACK = (ip_network("127.0.0.0/8"), ip_network("::1/128"))
MESSAGE = Outgoing("k1", "lamps", "webhook", "c1", "zhang", "好的", 1)


@pytest.fixture
def caller() -> Iterator[Caller]:
    made = Caller()
    yield made
    made.close()


def _webhook(caller: Caller, url: str, networks: Any = LOOPBACK, timeout: float = 5.0, **more: Any) -> Webhook:
    connections = {"lamps": WebhookConnection(url, (SECRET, "an-older-one" + "o" * 32))}
    return Webhook(connections, caller, networks, timeout=timeout, **more)


class ExampleOutside:
    """The webhook, and the example client of the docs as the shop."""

    def __init__(self, caller: Caller) -> None:
        self.got: list[dict[str, str]] = []
        self.server = load_example().make_server(0, SECRET, self._take)
        self.channel = _webhook(caller, f"http://127.0.0.1:{self.server.server_port}/messages")
        self._made = 0
        self._cut = threading.Event()

    def _take(self, message: dict[str, str]) -> None:
        if self._cut.is_set():
            raise ConnectionAbortedError
        self.got.append(message)

    def outgoing(self, text: str) -> Outgoing:
        self._made += 1
        return Outgoing(f"k{self._made}", "lamps", "webhook", "c1", "zhang", text, 1)

    def seen(self) -> list[str]:
        return [message["text"] for message in self.got]

    def cut(self) -> None:
        self._cut.set()

    def mend(self) -> None:
        self._cut.clear()


class TestConformance(ChannelConformance):
    @pytest.fixture
    def outside(self, caller: Caller, capfd: pytest.CaptureFixture[str]) -> Iterator[ExampleOutside]:
        made = ExampleOutside(caller)
        with serving(made.server):
            yield made
        capfd.readouterr()  # the server prints what broke while the way was cut


def test_a_request_says_what_it_is_and_is_signed(caller: Caller) -> None:
    shop, now = Shop(), datetime(2026, 11, 20, 2, 0, tzinfo=timezone.utc)
    with shop.open() as url:
        _webhook(caller, f"{url}/huashu?x=1", clock=lambda: now).deliver(MESSAGE)
    (asked,) = shop.asked
    assert (asked.method, asked.path) == ("POST", "/huashu?x=1")
    assert json.loads(asked.body) == {
        "id": "k1",
        "shop": "lamps",
        "conversation": "c1",
        "buyer": "zhang",
        "text": "好的",
    }
    assert asked.headers["content-type"] == "application/json"
    assert asked.headers["x-huashu-event"] == "message"
    assert asked.headers["idempotency-key"] == "k1"
    assert asked.headers["x-huashu-timestamp"] == str(int(now.timestamp()))
    assert asked.headers["x-huashu-signature"] == sign(SECRET, int(now.timestamp()), asked.body)


def test_the_body_is_the_same_at_every_attempt() -> None:
    later = Outgoing("k1", "lamps", "webhook", "c1", "zhang", "好的", 7)
    assert body_of(MESSAGE) == body_of(later)


@pytest.mark.parametrize("status", [200, 201, 202, 204, 299, 409])
def test_what_counts_as_delivered(caller: Caller, status: int) -> None:
    with Shop(lambda asked: Say(status)).open() as url:  # noqa: ARG005
        _webhook(caller, url).deliver(MESSAGE)


@pytest.mark.parametrize("status", [400, 404, 410, 422])
def test_what_is_refused_for_good(caller: Caller, status: int) -> None:
    with (
        Shop(lambda asked: Say(status)).open() as url,  # noqa: ARG005
        pytest.raises(Refused, match=f"answered {status}"),
    ):
        _webhook(caller, url).deliver(MESSAGE)


@pytest.mark.parametrize("status", [301, 302, 307, 308, 401, 403, 405, 408, 413, 425, 429, 500, 502, 503, 504])
def test_what_is_tried_again(caller: Caller, status: int) -> None:
    shop = Shop(lambda asked: Say(status, headers={"Location": "/elsewhere"}))  # noqa: ARG005
    with shop.open() as url, pytest.raises(Undelivered, match=f"answered {status}"):
        _webhook(caller, url).deliver(MESSAGE)
    assert [asked.path for asked in shop.asked] == ["/"]


@pytest.mark.parametrize("said", [Say(wait=30), Say(drip=0.05)])
def test_a_slow_shop_is_tried_again(caller: Caller, said: Say) -> None:
    with (
        Shop(lambda asked: said).open() as url,  # noqa: ARG005
        pytest.raises(Undelivered, match=r"no answer within 0\.4 s"),
    ):
        _webhook(caller, url, timeout=0.4).deliver(MESSAGE)


def test_a_shop_that_is_not_there_is_tried_again(caller: Caller) -> None:
    with Shop().open() as url:
        pass
    with pytest.raises(Undelivered, match="cannot be reached"):
        _webhook(caller, url).deliver(MESSAGE)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "[::ffff:127.0.0.1]", "[::1]"])
def test_a_private_address_is_refused_unless_it_is_allowed(caller: Caller, host: str) -> None:
    shop = Shop()
    with shop.open():
        with pytest.raises(Refused, match=r"channels\.private_networks"):
            _webhook(caller, f"http://{host}:{shop.port}/", networks=(ip_network("10.0.0.0/8"),)).deliver(MESSAGE)
        assert shop.asked == []


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_an_allowed_network_is_reached(caller: Caller, host: str) -> None:
    shop = Shop()
    with shop.open():
        _webhook(caller, f"http://{host}:{shop.port}/").deliver(MESSAGE)
    assert len(shop.asked) == 1


def test_a_public_address_without_tls_is_refused(caller: Caller) -> None:
    with pytest.raises(Refused, match="https"):
        _webhook(caller, "http://8.8.8.8:9/").deliver(MESSAGE)


def test_no_error_shows_the_address_or_the_secret(caller: Caller) -> None:
    with Shop().open() as url:
        pass
    with pytest.raises(Undelivered) as failed:
        _webhook(caller, f"{url}/path-of-the-shop").deliver(MESSAGE)
    assert SECRET not in str(failed.value)
    assert "path-of-the-shop" not in str(failed.value)


def _certificate(folder: Path, name: str) -> tuple[Path, Path]:
    """A certificate for a name and its key; skips where there is no openssl."""
    files = folder / "cert.pem", folder / "key.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={name}"]
    command += ["-addext", f"subjectAltName=DNS:{name}", "-out", str(files[0]), "-keyout", str(files[1])]
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=60)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("openssl is not installed")
    return files


@pytest.mark.parametrize(("name", "trusted"), [("localhost", True), ("another.example", False)])
def test_tls_is_held_against_the_name_though_the_address_is_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, trusted: bool
) -> None:
    certificate, key = _certificate(tmp_path, name)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    shop, caller = Shop(), Caller()
    shop.secure(context)
    try:
        with shop.open():
            webhook = _webhook(caller, f"https://localhost:{shop.port}/")
            if trusted:
                webhook.deliver(MESSAGE)
            else:
                with pytest.raises(Undelivered, match="cannot be reached"):
                    webhook.deliver(MESSAGE)
    finally:
        caller.close()
    assert len(shop.asked) == (1 if trusted else 0)
