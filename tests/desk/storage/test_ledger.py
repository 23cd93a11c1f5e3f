from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import text

from contracts.errors import InputError
from desk.storage.database import Database
from desk.storage.ledger import Mark, entries, erase, erase_before, head_of, record, verify, verify_next
from desk.storage.shops import lock_shop

pytestmark = pytest.mark.usefixtures("two_shops")
AT = datetime(2026, 11, 20, 2, 0, tzinfo=timezone.utc)


def _fill(database: Database) -> None:
    with database.transaction() as connection:
        lock_shop(connection, "lamps")
        for number in range(5):
            record(connection, "lamps", AT, "li", "sent", {"text": f"第{number}句", "n": number}, f"c{number % 2}")
        lock_shop(connection, "shoes")
        record(connection, "shoes", AT, "wang", "sent", {"text": "好"})


def test_entries_are_numbered_by_shop_and_the_chain_holds(database: Database) -> None:
    _fill(database)
    with database.transaction() as connection:
        assert [entry.number for entry in entries(connection, "lamps")] == [1, 2, 3, 4, 5]
        assert [entry.number for entry in entries(connection, "lamps", after=3)] == [4, 5]
        assert [entry.actor for entry in entries(connection, "shoes")] == ["wang"]
        assert verify(connection, "lamps") is None
        assert verify(connection, "shoes") is None


@pytest.mark.parametrize(
    ("change", "number", "fault"),
    [
        ("UPDATE audit SET actor = 'zhao' WHERE shop = 'lamps' AND number = 3", 3, "entry is not"),
        ("UPDATE audit SET kind = 'blocked' WHERE shop = 'lamps' AND number = 1", 1, "entry is not"),
        ("UPDATE audit SET body = '{\"text\": \"x\"}' WHERE shop = 'lamps' AND number = 2", 2, "body is not"),
        ("DELETE FROM audit WHERE shop = 'lamps' AND number = 2", 2, "is missing"),
        ("DELETE FROM audit WHERE shop = 'lamps' AND number = 5", 5, "at the end"),
        ("UPDATE shops SET audit_hash = 'x' WHERE id = 'lamps'", 5, "entry is not"),
        (
            "INSERT INTO audit SELECT shop, 6, at, actor, kind, conversation, body, digest, salt, hash"
            " FROM audit WHERE shop = 'lamps' AND number = 5",
            6,
            "added from outside",
        ),
    ],
)
def test_every_change_is_seen_at_its_place(database: Database, change: str, number: int, fault: str) -> None:
    _fill(database)
    with database.transaction() as connection:
        connection.execute(text(change))
        broken = verify(connection, "lamps")
        assert broken is not None
        assert broken.number == number
        assert fault in broken.fault
        assert verify(connection, "shoes") is None


def test_the_oldest_bodies_go_first_and_once(database: Database) -> None:
    _fill(database)
    with database.transaction() as connection:
        assert erase_before(connection, "lamps", AT, 10) == 0
        assert [erase_before(connection, "lamps", AT + timedelta(seconds=1), 3) for _ in range(3)] == [3, 2, 0]
        assert verify(connection, "lamps") is None


def test_a_long_chain_is_checked_in_pieces(database: Database) -> None:
    _fill(database)
    with database.transaction() as connection:
        head, mark = head_of(connection, "lamps"), Mark()
        while mark != head:
            reached = verify_next(connection, "lamps", mark, head, limit=2)
            assert isinstance(reached, Mark)
            assert reached.number in (mark.number + 2, 5)
            mark = reached
        assert mark.number == 5


def test_a_shop_that_is_not_there(database: Database) -> None:
    with database.transaction() as connection, pytest.raises(InputError, match="unknown shop"):
        verify(connection, "nowhere")


def test_bodies_can_be_erased_and_the_chain_still_holds(database: Database) -> None:
    _fill(database)
    with database.transaction() as connection:
        assert erase(connection, "lamps", "c1") == 2
        assert erase(connection, "lamps", "c1") == 0
        assert [entry.body is None for entry in entries(connection, "lamps")] == [False, True, False, True, False]
        assert verify(connection, "lamps") is None
        lock_shop(connection, "lamps")
        record(connection, "lamps", AT, "li", "sent", {"text": "再来"})
        assert verify(connection, "lamps") is None
