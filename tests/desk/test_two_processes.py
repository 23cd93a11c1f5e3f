from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import uuid
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from contracts.conversation import Incoming
from desk.clock import utc_now
from desk.inbox import Inbox
from desk.people.access import Role
from desk.people.people import People
from desk.routes.access import COOKIE, CSRF_HEADER
from desk.settings import PROJECT
from desk.storage.agents import add_agent, grant
from desk.storage.database import Database
from desk.storage.feed import publish
from desk.storage.ledger import verify
from desk.storage.shops import lock_shop, note_shops
from launch.ports import free_port
from launch.postgres import Postgres
from tests.desk.office import PATIENCE, until
from tests.desk.receiver import Receiver
from tests.desk.serving import DATABASE, RECEIVER
from tests.desk.talk import LAMPS, SHOES

ANSWERS = ("可以开的亲，付款后把抬头发我，免费给您开", "抬头和税号发我就行")


class Process:
    """A desk in a process of its own."""

    def __init__(self, url: str, receiver: int, log: Path) -> None:
        self.port = free_port()
        command = [sys.executable, "-m", "uvicorn", "tests.desk.serving:create", "--factory", "--no-access-log"]
        self.log, self._written = log, log.open("wb")
        self.process = subprocess.Popen(
            [*command, "--port", str(self.port), "--timeout-graceful-shutdown", "3"],
            cwd=PROJECT,
            env={**os.environ, DATABASE: url, RECEIVER: str(receiver)},
            stdout=self._written,
            stderr=self._written,
        )

    def ask(self, method: str, path: str, headers: Mapping[str, str], body: Any = None) -> tuple[int, Any]:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)) as connection:
            sent = {**headers, "Content-Type": "application/json"}
            connection.request(method, path, json.dumps(body) if body is not None else None, sent)
            answer = connection.getresponse()
            content = answer.read()
        return answer.status, json.loads(content) if content else None

    def ready(self) -> bool:
        assert self.process.poll() is None
        try:
            return self.ask("GET", "/health/ready", {})[0] == 200
        except OSError:
            return False

    def follow(self, headers: Mapping[str, str], after: int) -> ClientConnection:
        address = f"ws://127.0.0.1:{self.port}/v1/live?shop=lamps&after={after}"
        sent = dict(headers)
        return connect(address, additional_headers=sent, open_timeout=PATIENCE, proxy=None, compression=None)

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        self._written.close()


class Pair:
    """Two desks on one PostgreSQL, an agent who has logged in, and a buyer's end."""

    def __init__(self, url: str, folder: Path) -> None:
        self.database = Database.open(url)
        self.receiver = Receiver(0.1)
        self.folder, self.url = folder, url
        now = utc_now()
        with self.database.transaction() as connection:
            note_shops(connection, (LAMPS, SHOES))
            add_agent(connection, "li", "li", "no password", now, admin=False, must_change=False)
            grant(connection, "li", "lamps", Role.AGENT.value)
            sessions = People.over(self.database).sessions
            token = sessions.begin(connection, "li")
        session = sessions.find(token)
        assert session is not None
        self.headers = {"Cookie": f"{COOKIE}={token}", CSRF_HEADER: session.csrf}
        self.processes = [self.start(), self.start()]
        until(lambda: min(process.ready() for process in self.processes))

    def start(self) -> Process:
        return Process(self.url, self.receiver.port, self.folder / f"{uuid.uuid4().hex}.log")

    def receive(self, buyer: str) -> str:
        """A buyer's line, stored by neither of the two; the conversation."""
        inbox = Inbox(self.database, lambda: None)
        return inbox.receive(Incoming("lamps", "memory", buyer, "能开票吗", uuid.uuid4().hex, utc_now())).conversation

    def send(self, through: Process, talk: str, text: str, key: str) -> str:
        body = {"text": text, "key": key}
        status, answer = through.ask("POST", f"/v1/conversations/{talk}/messages", self.headers, body)
        assert status == 201, answer
        return str(answer["message"]["id"])

    def close(self) -> None:
        for process in self.processes:
            process.end()
        self.receiver.close()
        self.database.close()


@pytest.fixture
def pair(postgres: Postgres, tmp_path: Path) -> Iterator[Pair]:
    opened = Pair(postgres.database(f"t{uuid.uuid4().hex}"), tmp_path)
    yield opened
    opened.close()


def _until_kind(socket: ClientConnection, kind: str) -> list[dict[str, Any]]:
    seen: list[dict[str, Any]] = []
    while not seen or seen[-1]["kind"] != kind:
        seen.append(json.loads(socket.recv(timeout=PATIENCE)))
    return seen


def test_two_processes_are_one_desk(pair: Pair) -> None:
    one, other = pair.processes
    talk = pair.receive("zhang")
    with other.follow(pair.headers, 0) as panel:
        pair.send(one, talk, ANSWERS[0], "k1")
        events = _until_kind(panel, "delivery")
        assert one.ask("POST", f"/v1/conversations/{talk}/typing", pair.headers)[0] == 204
        events += _until_kind(panel, "typing")
    numbers = [event["number"] for event in events[:-1]]
    assert numbers == [*range(1, len(numbers) + 1)]
    assert [event["kind"] for event in events].count("message") == 2
    with one.follow(pair.headers, numbers[-1]) as panel:
        pair.send(other, talk, ANSWERS[1], "k2")
        assert json.loads(panel.recv(timeout=PATIENCE))["number"] == numbers[-1] + 1


def test_what_a_killed_process_had_in_hand_is_delivered_once_by_the_other(pair: Pair) -> None:
    one, other = pair.processes
    talks = [pair.receive(f"b{number}") for number in range(6)]
    sent = {talk: [pair.send(one, talk, text, f"k{place}") for place, text in enumerate(ANSWERS * 2)] for talk in talks}
    until(lambda: pair.receiver.processes[one.process.pid] >= 3)
    one.process.kill()
    wanted = {key for keys in sent.values() for key in keys}
    until(lambda: set(pair.receiver.got) == wanted)
    assert pair.receiver.processes[other.process.pid] >= 1
    assert pair.receiver.clashes == []
    assert pair.receiver.order == sent
    repeated = [key for key, times in pair.receiver.got.items() if times > 1]
    assert len(repeated) <= 2, "only what the dead one had in hand comes again, under its key"
    _until_told(pair, other, wanted)
    with pair.database.transaction() as connection:
        assert verify(connection, "lamps") is None


def _until_told(pair: Pair, through: Process, wanted: set[str]) -> None:
    """Wait for the events about all deliveries; each is told once."""
    with through.follow(pair.headers, 0) as panel:
        told: list[str] = []
        while set(told) != wanted:
            event = json.loads(panel.recv(timeout=PATIENCE))
            if event["kind"] == "delivery":
                told.append(event["body"]["message"])
    assert sorted(told) == sorted(wanted)


def _panels(process: Process) -> int:
    with closing(http.client.HTTPConnection("127.0.0.1", process.port, timeout=PATIENCE)) as connection:
        connection.request("GET", "/metrics")
        figures = connection.getresponse().read().decode()
    (line,) = [line for line in figures.splitlines() if line.startswith("huashu_live_clients ")]
    return int(float(line.split()[1]))


def _happen(pair: Pair, times: int) -> None:
    """Large events, so that a client which does not read is full soon."""
    with pair.database.transaction() as connection:
        lock_shop(connection, "lamps")
        for _ in range(times):
            publish(connection, "lamps", utc_now(), "note", "", {"text": "灯" * 5_000})


def _numbers(panel: ClientConnection, most: int) -> list[int]:
    """What a panel still gets before its connection ends."""
    seen: list[int] = []
    with suppress(ConnectionClosed):
        while len(seen) < most:
            seen.append(json.loads(panel.recv(timeout=PATIENCE))["number"])
    return seen


def test_a_slow_panel_is_sent_away_without_slowing_others_and_misses_nothing(pair: Pair) -> None:
    one, happened = pair.processes[0], 0
    with one.follow(pair.headers, 0) as slow, one.follow(pair.headers, 0) as quick:
        until(lambda: _panels(one) == 2)
        while _panels(one) == 2:
            _happen(pair, 40)
            assert _numbers(quick, 40) == [*range(happened + 1, happened + 41)]
            happened += 40
            assert happened < 4_000
        seen = _numbers(slow, happened)
    assert 0 < len(seen) < happened
    with one.follow(pair.headers, seen[-1]) as back:
        seen += _numbers(back, happened - len(seen))
    assert seen == [*range(1, happened + 1)]


def test_a_desk_that_is_asked_to_stop_finishes_and_goes(pair: Pair) -> None:
    one = pair.processes[0]
    talk = pair.receive("zhang")
    with one.follow(pair.headers, 0) as panel:
        _until_kind(panel, "message")
        key = pair.send(one, talk, ANSWERS[0], "k1")
        one.process.terminate()
        assert one.process.wait(PATIENCE) in (0, -signal.SIGTERM)
        until(lambda: pair.receiver.got[key])
        with pytest.raises(ConnectionClosed):
            _until_kind(panel, "never")
    assert "Application shutdown complete" in one.log.read_text("utf-8")
