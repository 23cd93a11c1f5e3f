"""A real desk in a process of its own, over a database of its own, with what `huashu setup` has made."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from desk.people.access import Role
from desk.people.agents import NewAgent
from desk.people.people import People
from desk.settings import PROJECT, load_settings
from desk.shops import load_shops
from desk.storage.database import Database
from desk.storage.shops import note_shops
from launch.ports import free_port
from retrieval.slots import SLOT_NAMES
from tests.desk.people.crew import cheap

PASSWORD = "绿水青山 lamp-7"
PATIENCE = 300.0
"""Seconds that a start or a stop may take."""

_MADE = ("encoders", "index", "rules", "alarms", "panel")


@dataclass(frozen=True)
class Member:
    """Somebody who may log in with PASSWORD."""

    name: str
    shops: Mapping[str, Role] = field(default_factory=dict)
    admin: bool = False


CREW = (
    Member("boss", admin=True),
    Member("xiaolin", {"demo-tmall": Role.AGENT}),
    Member("azhen", {"demo-tmall": Role.LEADER, "demo-jd": Role.AGENT}),
    Member("laozhou", {"demo-pdd": Role.AGENT}),
)


class RunningDesk:
    """A desk that can be started, cut off, and started again on the same port and database."""

    def __init__(self, folder: Path, crew: Sequence[Member] = CREW, **settings: str) -> None:
        """`folder` is empty; `settings` are environment variables without their prefix (`DESK__UNDO_SECONDS`)."""
        self._folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        database = f"sqlite:///{folder / 'desk.db'}"
        self._environment = {
            **os.environ,
            "HUASHU_VAR": str(_linked_var(folder)),
            "HUASHU_STORAGE__URL": database,
            "HUASHU_DESK__PORT": str(self.port),
            "HUASHU_DESK__UNDO_SECONDS": "0",
            "HUASHU_RASA__PORT": str(free_port()),
            "HUASHU_NIGHT__SEND": "false",  # what a test sees does not depend on the time of day
            **{f"HUASHU_{name}": value for name, value in settings.items()},
        }
        _hire(database, crew)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start, and wait until the desk answers."""
        command = (sys.executable, "-m", "uvicorn", "--factory", "desk.app:create_app")
        where = ("--host", "127.0.0.1", "--port", str(self.port), "--log-level", "warning")
        with (self._folder / "desk.log").open("ab") as log:
            self._process = subprocess.Popen(
                [*command, *where], cwd=PROJECT, env=self._environment, stdout=log, stderr=log
            )
        deadline = time.monotonic() + PATIENCE
        while not self._answers():
            assert self._process.poll() is None, self.log()
            assert time.monotonic() < deadline, self.log()
            time.sleep(0.1)

    def stop(self) -> None:
        """Let the desk finish what it has in hand, and end it."""
        if self._process is None:
            return
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.kill()
        self._process = None

    def kill(self) -> None:
        """End the desk in the middle of whatever it does."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(PATIENCE)
            self._process = None

    def log(self) -> str:
        """What the desk has written."""
        return (self._folder / "desk.log").read_text("utf-8", "replace")[-4000:]

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.url}/health/live", timeout=2, trust_env=False).status_code == 200
        except httpx.HTTPError:
            return False


def _linked_var(folder: Path) -> Path:
    """A `var` whose contents are this checkout's, so that a desk of the tests writes nothing there."""
    made, var = load_settings().var, folder / "var"
    var.mkdir()
    for name in _MADE:
        if (made / name).exists():
            (var / name).symlink_to((made / name).resolve())
    return var


def _hire(url: str, crew: Sequence[Member]) -> None:
    shops = load_shops(load_settings().data / "shops", SLOT_NAMES)
    database = Database.open(url)
    try:
        with database.transaction() as connection:
            note_shops(connection, [shops.find(shop) for shop in shops.ids])
        agents = People.over(database, cheap()).agents
        for member in crew:
            agents.add(NewAgent(member.name, PASSWORD, admin=member.admin, must_change=False))
            for shop, role in member.shops.items():
                agents.grant(member.name, shop, role, "admin")
    finally:
        database.close()
