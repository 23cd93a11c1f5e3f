from __future__ import annotations

from pathlib import Path

from contracts.turn import Speaker
from desk.storage.database import Database
from desk.storage.handovers import entries_of
from desk.storage.ledger import verify
from tests.desk.conftest import DatabaseUrl
from tests.desk.dying import attempts_on, delivered_of, die_at_every_step
from tests.desk.night.one_night import live_night


def test_a_process_may_die_at_every_step_and_the_buyer_gets_one_automatic_text(
    database_url: DatabaseUrl, tmp_path: Path
) -> None:
    url, paper = database_url(), tmp_path / "paper"
    buyers = die_at_every_step(live_night, url, paper, least=18)
    database = Database.open(url)
    try:
        with database.transaction() as connection:
            delivered = delivered_of(connection, Speaker.ROBOT)
            assert len(delivered) == buyers
            booked = [entry.place.conversation for entry in entries_of(connection, "lamps", None)]
            assert sorted(booked) == sorted(delivered), "every conversation stands in the handover book once"
            assert verify(connection, "lamps") is None
    finally:
        database.close()
    attempts = attempts_on(paper)
    assert dict(attempts) == delivered, "the receiver sees one key for each conversation"
    assert len(attempts) - buyers <= 2, "only a death between delivering and noting it repeats an attempt"
