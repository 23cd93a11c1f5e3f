from __future__ import annotations

from pathlib import Path

from sqlalchemy import text

from contracts.turn import Speaker
from desk.storage.database import Database
from desk.storage.feed import events_after, last_number
from desk.storage.ledger import verify
from desk.storage.unread import unread_count
from tests.desk.conftest import DatabaseUrl
from tests.desk.dying import attempts_on, delivered_of, die_at_every_step
from tests.desk.one_life import live


def test_a_process_may_die_at_every_step_and_nothing_is_lost_or_doubled(
    database_url: DatabaseUrl, tmp_path: Path
) -> None:
    url, paper = database_url(), tmp_path / "paper"
    buyers = die_at_every_step(live, url, paper, least=14)
    database = Database.open(url)
    try:
        with database.transaction() as connection:
            delivered = delivered_of(connection, Speaker.AGENT)
            assert len(delivered) == buyers
            assert connection.execute(text("SELECT count(*) FROM suggestions")).scalar() == buyers
            assert unread_count(connection) == 0
            assert verify(connection, "lamps") is None
            last = last_number(connection, "lamps")
            assert [event.number for event in events_after(connection, "lamps", 0, 1000)] == [*range(1, last + 1)]
            events = events_after(connection, "lamps", 0, 1000)
            told = [event.body["message"] for event in events if event.kind == "delivery"]
            assert sorted(told) == sorted(delivered.values())
    finally:
        database.close()
    attempts = attempts_on(paper)
    assert dict(attempts) == delivered, "the receiver sees one key for each conversation"
    assert len(attempts) - buyers <= 2, "only a death between delivering and noting it repeats an attempt"
