from __future__ import annotations

import multiprocessing
import signal
from datetime import timedelta
from pathlib import Path

from sqlalchemy import text

from contracts.conversation import Delivery
from contracts.turn import Speaker
from desk.storage.conversations import messages_of
from desk.storage.database import Database
from desk.storage.handovers import entries_of
from desk.storage.ledger import verify
from tests.desk.conftest import DatabaseUrl
from tests.desk.night.one_night import live_night
from tests.desk.one_life import NEVER, Death
from tests.desk.talk import START

PATIENCE = 120.0


def _killed(url: str, paper: Path, buyer: str, death: Death) -> bool:
    """Live in a process of its own; whether it was killed."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.desk.night.one_night"])
    process = context.Process(target=live_night, args=(url, str(paper), buyer, START, death))
    process.start()
    process.join(PATIENCE)
    assert process.exitcode in (0, -signal.SIGKILL)
    return process.exitcode != 0


def _deaths(transactions: int) -> list[Death]:
    places = [("transaction", number) for number in range(1, transactions + 1)] + [("delivery", 1)]
    return [Death(kind, number, before) for kind, number in places for before in (True, False)]


def test_a_process_may_die_at_every_step_and_the_buyer_gets_one_automatic_text(
    database_url: DatabaseUrl, tmp_path: Path
) -> None:
    url, paper = database_url(), tmp_path / "paper"
    deaths = _deaths(live_night(url, str(paper), "first", START, NEVER))
    assert len(deaths) >= 20
    for place, death in enumerate(deaths):
        assert _killed(url, paper, f"buyer-{place}", death), death
        live_night(url, str(paper), f"buyer-{place}", START + timedelta(minutes=place + 1), NEVER)
    _hold(url, paper, len(deaths) + 1)


def _hold(url: str, paper: Path, buyers: int) -> None:
    """Every buyer has one line, one automatic text and one entry in the handover book; the record is whole."""
    database = Database.open(url)
    try:
        with database.transaction() as connection:
            talks = list(connection.scalars(text("SELECT id FROM conversations")))
            delivered = {}
            for talk in talks:
                asked, answer = messages_of(connection, talk, 10)
                assert (asked.speaker, answer.speaker) == (Speaker.BUYER, Speaker.ROBOT)
                assert answer.delivery is Delivery.DELIVERED
                delivered[talk] = answer.id
            assert len(talks) == buyers
            assert sorted(entry.place.conversation for entry in entries_of(connection, "lamps", None)) == sorted(talks)
            assert verify(connection, "lamps") is None
    finally:
        database.close()
    attempts = [line.split() for line in paper.read_text("utf-8").splitlines()]
    assert dict(attempts) == delivered, "the receiver sees one key for each conversation"
