from __future__ import annotations

import multiprocessing
import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from contracts.errors import InputError, ServiceDown
from desk.storage.database import Database
from desk.storage.tables import metadata
from tests.desk.conftest import DatabaseUrl


def test_an_empty_database_gets_exactly_the_tables_of_the_code(database_url: DatabaseUrl) -> None:
    database = Database.open(database_url())
    try:
        with database.transaction() as connection:
            assert compare_metadata(MigrationContext.configure(connection), metadata) == []
            assert set(metadata.tables) <= set(inspect(connection).get_table_names())
    finally:
        database.close()


def test_opening_again_changes_nothing(database_url: DatabaseUrl) -> None:
    url = database_url()
    for _ in range(2):
        database = Database.open(url)
        assert database.answers()
        database.close()


def test_a_failed_unit_of_work_leaves_nothing(database: Database) -> None:
    def fail() -> None:
        with database.transaction() as connection:
            connection.execute(text("INSERT INTO shops VALUES ('x', 'jd', 'x', 0, 0, '')"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with database.transaction() as connection:
        assert connection.execute(text("SELECT count(*) FROM shops WHERE id = 'x'")).scalar() == 0


def test_who_reads_cannot_write(database: Database) -> None:
    with pytest.raises((ServiceDown, DBAPIError)), database.reading() as connection:
        connection.execute(text("INSERT INTO shops VALUES ('x', 'jd', 'x', 0, 0, '')"))
    with database.transaction() as connection:
        connection.execute(text("INSERT INTO shops VALUES ('y', 'jd', 'y', 0, 0, '')"))
    with database.reading() as connection:
        assert connection.scalars(text("SELECT id FROM shops")).all() == ["y"]


def test_who_reads_waits_for_no_writer_and_sees_one_moment(database: Database) -> None:
    count = text("SELECT count(*) FROM shops")
    with database.transaction() as writing:
        writing.execute(text("INSERT INTO shops VALUES ('x', 'jd', 'x', 0, 0, '')"))
        with database.reading() as connection:
            assert connection.execute(count).scalar() == 0
    with database.reading() as connection:
        assert connection.execute(count).scalar() == 1


def test_writers_take_turns(database: Database) -> None:
    def count() -> None:
        for _ in range(20):
            with database.transaction() as connection:
                connection.execute(text("UPDATE shops SET last_event = last_event + 1 WHERE id = 'x'"))

    with database.transaction() as connection:
        connection.execute(text("INSERT INTO shops VALUES ('x', 'jd', 'x', 0, 0, '')"))
    writers = [threading.Thread(target=count) for _ in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    with database.reading() as connection:
        assert connection.execute(text("SELECT last_event FROM shops")).scalar() == 160


def _try_to_open(url: str, said: multiprocessing.Queue[str]) -> None:
    try:
        Database.open(url).close()
        said.put("opened")
    except InputError as error:
        said.put(str(error))


def test_a_second_process_is_told_that_sqlite_serves_one(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'huashu.db'}"
    database = Database.open(url)
    context = multiprocessing.get_context("spawn")
    said: multiprocessing.Queue[str] = context.Queue()
    try:
        process = context.Process(target=_try_to_open, args=(url, said))
        process.start()
        assert "SQLite serves one" in said.get(timeout=60)
        process.join()
    finally:
        database.close()
    _try_to_open(url, said)
    assert said.get(timeout=10) == "opened"


def test_a_command_looks_in_beside_the_desk_and_keeps_nobody_out(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'huashu.db'}"
    looking = Database.open(url, alone=False)
    desk = Database.open(url)
    beside = Database.open(url, alone=False)
    with beside.transaction() as connection:
        connection.execute(text("INSERT INTO shops VALUES ('x', 'jd', 'x', 0, 0, '')"))
    with desk.transaction() as connection:
        assert connection.execute(text("SELECT count(*) FROM shops")).scalar() == 1
    for opened in (looking, desk, beside):
        opened.close()


@pytest.mark.parametrize(
    ("url", "fault"), [("nonsense", "no database address"), ("mysql://x/y", "neither sqlite nor postgresql")]
)
def test_an_address_that_cannot_be_used(url: str, fault: str) -> None:
    with pytest.raises(InputError, match=fault):
        Database.open(url)


def test_a_server_that_is_not_there() -> None:
    with pytest.raises(ServiceDown, match="does not answer"):
        Database.open("postgresql://huashu@127.0.0.1:1/none")
