from __future__ import annotations

from datetime import timedelta

from sqlalchemy import text

from contracts.turn import Speaker
from desk.storage import tables_night
from desk.storage.conversations import add_message, conversation_of
from desk.storage.database import Database
from desk.storage.migrating import migrate
from desk.storage.offers import shown_by_reply
from desk.storage.shops import note_shops
from desk.storage.suggestions import add_suggested
from desk.storage.tables import metadata
from tests.desk.conftest import DatabaseUrl
from tests.desk.talk import LAMPS, SHOES, START

ANSWER = {"suggestions": [{"reply_id": "a.a"}, {"reply_id": "a.b"}]}
END = START + timedelta(days=1)


def _suggest(database: Database) -> None:
    with database.transaction() as connection:
        note_shops(connection, (LAMPS, SHOES))
        talk = conversation_of(connection, "lamps", "demo", "zhang", START).id
        line = add_message(connection, talk, Speaker.BUYER, "在吗", START, START)
        assert line is not None
        for _ in range(2):
            add_suggested(connection, line.id, talk, ANSWER, START)


def _night_tables() -> list[str]:
    """What later migrations add, those that are referred to last."""
    kept = (table for table in reversed(metadata.sorted_tables) if table in vars(tables_night).values())
    return [table.name for table in kept]


def _shown(database: Database, shop: str) -> dict[str, int]:
    with database.transaction() as connection:
        return dict(shown_by_reply(connection, shop, START, END))


def test_what_was_offered_is_counted_once_in_its_shop(database: Database) -> None:
    _suggest(database)
    assert _shown(database, "lamps") == {"a.a": 1, "a.b": 1}
    assert _shown(database, "shoes") == {}


def test_what_was_offered_before_there_was_a_count_is_counted(database_url: DatabaseUrl) -> None:
    database = Database.open(database_url())
    try:
        _suggest(database)
        with database.transaction() as connection:
            for table in ("offers", "proposals", *_night_tables()):
                connection.execute(text(f"DROP TABLE {table}"))
            for index in ("messages_said_at", "suggestions_made_at", "decisions_shop_at", "audit_shop_kind_at"):
                connection.execute(text(f"DROP INDEX ix_{index}"))
            connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
        migrate(database.engine)
        assert _shown(database, "lamps") == {"a.a": 1, "a.b": 1}
    finally:
        database.close()
