"""Every step from an empty database to the schema of today, with rows in all tables that there are on the way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import JSON, Boolean, Connection, DateTime, Engine, Integer, MetaData, Table, create_engine, select

from desk.storage.database import Database
from desk.storage.migrating import known_revisions, migrate
from desk.storage.tables import metadata
from tests.desk.conftest import DatabaseUrl

AT = datetime(2026, 11, 20, 2, 0, tzinfo=timezone.utc)
SPECIMENS: dict[tuple[str, str], Any] = {
    ("shops", "platform"): "tmall",
    ("messages", "speaker"): "buyer",
    ("memberships", "role"): "agent",
    ("outbox", "state"): "delivered",
    ("decisions", "kind"): "approved",
    ("decisions", "rank"): 1,
    ("tokens", "scopes"): ["check"],
    ("suggestions", "answer"): {
        "suggestions": [{"reply_id": "invoice.issue.free", "text": "可以开的亲", "topic": "invoice/issue"}],
        "understanding": {"intents": [], "topics": [], "entities": []},
        "reason": "",
    },
}
"""Values that a column really has, where a later step may look into them."""

Rows = dict[str, dict[str, Any]]
"""One row of each table."""


REVISIONS = known_revisions()


@pytest.fixture
def engine(database_url: DatabaseUrl) -> Iterator[Engine]:
    """An empty database, without any schema."""
    made = create_engine(database_url().replace("postgresql:", "postgresql+psycopg:"))
    yield made
    made.dispose()


def _reflected(connection: Connection) -> MetaData:
    found = MetaData()
    found.reflect(connection)
    found.remove(found.tables["alembic_version"])
    return found


def _value(table: Table, column: Any, rows: Rows) -> Any:
    if column.foreign_keys:
        target = next(iter(column.foreign_keys)).column
        return rows[target.table.name][target.name]
    if (table.name, column.name) in SPECIMENS:
        return SPECIMENS[table.name, column.name]
    kinds: tuple[tuple[type[Any], Any], ...] = ((Boolean, True), (Integer, 7), (DateTime, AT), (JSON, {"text": "好的"}))
    name = f"{table.name}.{column.name}"[: getattr(column.type, "length", None) or 40]
    return next((value for kind, value in kinds if isinstance(column.type, kind)), name)


def _fill(connection: Connection, rows: Rows) -> None:
    """One row in every table that has none yet."""
    for table in _reflected(connection).sorted_tables:
        if table.name not in rows:
            row = {column.name: _value(table, column, rows) for column in table.columns}
            connection.execute(table.insert().values(row))
            rows[table.name] = dict(connection.execute(select(table)).mappings().first() or {})


def _hold(connection: Connection, rows: Rows, revision: str) -> None:
    """Every row is there as it was, in the columns that there still are."""
    tables = _reflected(connection).tables
    for name, row in rows.items():
        assert name in tables, f"{revision} drops the table {name}"
        kept = {column: value for column, value in row.items() if column in tables[name].columns}
        found = list(connection.execute(select(tables[name])).mappings())
        same = [one for one in found if all(one[column] == value for column, value in kept.items())]
        assert same, f"{revision} changes a row of {name}"


def test_every_step_keeps_what_is_there(engine: Engine) -> None:
    rows: Rows = {}
    for revision in REVISIONS:
        migrate(engine, revision)
        with engine.begin() as connection:
            _hold(connection, rows, revision)
            _fill(connection, rows)
    with engine.begin() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        assert rows.keys() == metadata.tables.keys()


@pytest.mark.parametrize("step", range(len(REVISIONS)))
def test_a_desk_opens_a_database_of_any_schema_before(database_url: DatabaseUrl, step: int) -> None:
    url, rows = database_url(), Rows()
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    migrate(engine, REVISIONS[step])
    with engine.begin() as connection:
        _fill(connection, rows)
    engine.dispose()
    database = Database.open(url)
    try:
        with database.reading() as connection:
            _hold(connection, rows, "the newest schema")
    finally:
        database.close()
