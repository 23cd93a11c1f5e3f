"""A way through the desk, lived in processes that are killed at each of its steps and picked up by another."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, text

from contracts.conversation import Delivery
from contracts.turn import Speaker
from desk.storage.conversations import messages_of
from tests.desk.one_life import NEVER, Death
from tests.desk.talk import START

Life = Callable[[str, str, str, datetime, Death], int]
"""Database address, the receiver's paper, buyer, time, death: how many transactions it took."""

_PATIENCE = 120.0


def die_at_every_step(life: Life, url: str, paper: Path, least: int) -> int:
    """One whole life, then one for each death, each taken up again; the number of buyers. At least `least` deaths."""
    deaths = _deaths(life(url, str(paper), "first", START, NEVER))
    assert len(deaths) >= least, f"only {len(deaths)} deaths"
    for place, death in enumerate(deaths):
        assert _killed(life, url, paper, f"buyer-{place}", death), death
        life(url, str(paper), f"buyer-{place}", START + timedelta(minutes=place + 1), NEVER)
    return len(deaths) + 1


def delivered_of(connection: Connection, answerer: Speaker) -> dict[str, str]:
    """The one answer of each conversation, which has a buyer's line and it, delivered, and nothing else."""
    delivered = {}
    for talk in connection.scalars(text("SELECT id FROM conversations")):
        asked, answer = messages_of(connection, talk, 10)
        assert (asked.speaker, answer.speaker) == (Speaker.BUYER, answerer)
        assert answer.delivery is Delivery.DELIVERED
        delivered[talk] = answer.id
    return delivered


def attempts_on(paper: Path) -> list[tuple[str, str]]:
    """What the receiver saw: conversation and key of each attempt."""
    lines = paper.read_text("utf-8").splitlines()
    return [(conversation, key) for conversation, key in map(str.split, lines)]


def _killed(life: Life, url: str, paper: Path, buyer: str, death: Death) -> bool:
    """Live in a process of its own; whether it was killed."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([life.__module__])
    process = context.Process(target=life, args=(url, str(paper), buyer, START, death))
    process.start()
    process.join(_PATIENCE)
    assert process.exitcode in (0, -signal.SIGKILL)
    return process.exitcode != 0


def _deaths(transactions: int) -> list[Death]:
    places = [("transaction", number) for number in range(1, transactions + 1)] + [("delivery", 1)]
    return [Death(kind, number, before) for kind, number in places for before in (True, False)]
