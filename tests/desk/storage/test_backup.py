from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timezone
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from contracts.errors import InputError
from desk.storage.backup import back_up, restore
from desk.storage.database import Database
from desk.storage.ledger import Mark, head_of, record, verify
from desk.storage.shops import lock_shop, note_shops
from launch.postgres import Postgres
from tests.desk.talk import LAMPS

AT = datetime(2026, 11, 20, 2, 0, tzinfo=timezone.utc)


def _say(database: Database, text: str) -> None:
    with database.transaction() as connection:
        lock_shop(connection, "lamps")
        record(connection, "lamps", AT, "li", "sent", {"text": text})


def _entries(url: str) -> int:
    """How many entries the chain has, which must hold."""
    database = Database.open(url)
    try:
        with database.reading() as connection:
            assert verify(connection, "lamps") is None
            head: Mark = head_of(connection, "lamps")
            return head.number
    finally:
        database.close()


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'desk.db'}"


@pytest.fixture
def running(url: str) -> Iterator[Database]:
    """A desk's database in use, with one entry."""
    database = Database.open(url)
    with database.transaction() as connection:
        note_shops(connection, (LAMPS,))
    _say(database, "第一句")
    yield database
    database.close()


def test_what_was_there_at_the_moment_comes_back(url: str, running: Database, tmp_path: Path) -> None:
    out = tmp_path / "kept" / "desk.backup"
    out.parent.mkdir()
    with running.transaction() as writing:  # somebody is writing: neither waits for the other
        lock_shop(writing, "lamps")
        record(writing, "lamps", AT, "li", "sent", {"text": "写到一半"})
        assert back_up(url, out) == out.stat().st_size > 0
    assert out.stat().st_mode & 0o077 == 0
    _say(running, "第三句")
    running.close()
    aside = restore(url, out, AT)
    assert _entries(url) == 1
    assert aside is not None
    assert _entries(f"sqlite:///{aside}") == 3


def test_a_back_up_is_never_written_over_another(url: str, running: Database, tmp_path: Path) -> None:
    assert running.answers()
    out = tmp_path / "desk.backup"
    out.write_text("mine")
    with pytest.raises(InputError, match="is there already"):
        back_up(url, out)
    assert out.read_text() == "mine"
    with pytest.raises(InputError, match="No such file"):
        back_up(url, tmp_path / "nowhere" / "desk.backup")
    assert not list(tmp_path.glob(".*part"))


def test_nothing_is_restored_under_a_running_desk(url: str, running: Database, tmp_path: Path) -> None:
    out = tmp_path / "desk.backup"
    back_up(url, out)
    with pytest.raises(InputError, match="stop the desk first"):
        restore(url, out, AT)
    assert running.answers()


@pytest.mark.parametrize("fault", ["text", "cut", "foreign", "newer", "missing"])
def test_what_is_no_back_up_changes_nothing(url: str, running: Database, tmp_path: Path, fault: str) -> None:
    out = tmp_path / "desk.backup"
    back_up(url, out)
    running.close()
    if fault == "text":
        out.write_text("hello")
    elif fault == "cut":
        os.truncate(out, out.stat().st_size // 2)
    elif fault == "missing":
        out.unlink()
    else:
        with closing(sqlite3.connect(out)) as connection, connection:
            newer = "UPDATE alembic_version SET version_num = '9999'"
            connection.execute("DROP TABLE alembic_version" if fault == "foreign" else newer)
    with pytest.raises(InputError, match=r"desk\.backup"):
        restore(url, out, AT)
    assert _entries(url) == 1
    assert not list(tmp_path.glob("*before*"))


def test_a_lost_database_comes_back(url: str, running: Database, tmp_path: Path) -> None:
    out = tmp_path / "desk.backup"
    back_up(url, out)
    running.close()
    for file in tmp_path.glob("desk.db*"):
        file.unlink()
    with pytest.raises(InputError, match="no database"):
        back_up(url, tmp_path / "other")
    assert restore(url, out, AT) is None
    assert _entries(url) == 1


def test_postgresql_is_told_its_own_programs(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="pg_dump"):
        back_up("postgresql://huashu@127.0.0.1/none", tmp_path / "out")


@pytest.fixture
def shared_folder() -> Iterator[Path]:
    """A folder that the server's account may write to, too."""
    with TemporaryDirectory(prefix="huashu-dump-") as folder:
        Path(folder).chmod(0o777)
        yield Path(folder)


def test_postgresql_comes_back_by_its_own_programs(postgres: Postgres, shared_folder: Path) -> None:
    """The very commands of docs/operations.md."""
    first, second = postgres.database("kept"), postgres.database("restored")
    database = Database.open(first)
    with database.transaction() as connection:
        note_shops(connection, (LAMPS,))
    _say(database, "第一句")
    dump = shared_folder / "desk.dump"
    postgres.run("pg_dump", "--format=custom", f"--file={dump}", first)
    _say(database, "第二句")
    database.close()
    postgres.run("pg_restore", "--exit-on-error", "--no-owner", f"--dbname={second}", str(dump))
    assert _entries(second) == 1
    assert _entries(first) == 2
