"""Back-up of a SQLite database while it is in use, and its restoration. PostgreSQL has its own programs for that."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from contracts.errors import InputError, ServiceDown
from desk.storage.alone import lock_alone
from desk.storage.database import Database
from desk.storage.migrating import known_revisions

_COMPANIONS = ("-wal", "-shm")
"""Files that SQLite keeps beside a database, and that belong to that one alone."""

_PRIVATE = 0o600


def sqlite_file(url: str) -> Path:
    """The file behind a SQLite address. Raises InputError for any other address, saying what to use instead."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise InputError("storage.url is no database address such as sqlite:///file or postgresql://...") from None
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        raise InputError(
            "this is for SQLite; a PostgreSQL is backed up by pg_dump and restored by pg_restore (docs/operations.md)"
        )
    return Path(parsed.database)


def back_up(url: str, out: Path) -> int:
    """Write what the database holds at this moment to a new file `out` and give its size in bytes.

    The desk may run meanwhile and waits for nothing. The file is whole or not there, and for its owner alone: it holds
    what buyers said. Raises InputError when there is no database or `out` is there already, ServiceDown.
    """
    file = sqlite_file(url)
    if not file.exists():
        raise InputError(f"there is no database {file.name} to back up")
    if out.exists():
        raise InputError(f"{out}: the file is there already; a back-up is never written over another one")
    part = out.with_name(f".{out.name}.part")
    part.unlink(missing_ok=True)
    try:
        part.touch(_PRIVATE)
        with _failing(file), closing(sqlite3.connect(file, isolation_level=None)) as connection:
            connection.execute("PRAGMA busy_timeout=10000")
            connection.execute("VACUUM INTO ?", (str(part),))
        _force(part)
        part.replace(out)
    except OSError as error:
        raise InputError(f"{out}: {error.strerror}") from None
    finally:
        part.unlink(missing_ok=True)
    return out.stat().st_size


def restore(url: str, backup: Path, now: datetime) -> Path | None:
    """Put a back-up in the database's place; what was there is kept beside it, and its new name is given.

    An older back-up is brought to the newest schema. Raises InputError for a file that is no whole back-up or while a
    desk runs, and changes nothing then.
    """
    file = sqlite_file(url)
    _check(backup)
    lock = lock_alone(file)
    if lock is None:
        raise InputError(f"{file.name} is in use: stop the desk first")
    with lock:
        fresh = file.with_name(f".{file.name}.restored")
        try:
            shutil.copyfile(backup, fresh)
            fresh.chmod(_PRIVATE)
            _force(fresh)
            aside = _set_aside(file, now)
            fresh.replace(file)
        except OSError as error:
            raise InputError(f"{file}: {error.strerror}") from None
        finally:
            fresh.unlink(missing_ok=True)
    Database.open(url).close()
    return aside


def _set_aside(file: Path, now: datetime) -> Path | None:
    if not file.exists():
        return None
    aside = file.with_name(f"{file.name}.before-{now:%Y%m%dT%H%M%S%f}")
    for companion in _COMPANIONS:
        beside = file.with_name(file.name + companion)
        if beside.exists():
            beside.replace(aside.with_name(aside.name + companion))
    file.replace(aside)
    return aside


def _check(backup: Path) -> None:
    if not backup.is_file():
        raise InputError(f"{backup}: there is no such file")
    try:
        with closing(sqlite3.connect(f"file:{backup.resolve().as_posix()}?mode=ro", uri=True)) as connection:
            fault = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
            (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except (sqlite3.Error, TypeError):
        raise InputError(f"{backup}: this is no back-up of a desk, or it is damaged") from None
    if fault != "ok":
        raise InputError(f"{backup}: the back-up is damaged: {fault}")
    if revision not in known_revisions():
        raise InputError(f"{backup}: the back-up was made by a newer version (schema {revision})")


@contextmanager
def _failing(file: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise ServiceDown(f"{file.name} cannot be read: {error}") from None


def _force(file: Path) -> None:
    with file.open("rb") as written:
        os.fsync(written.fileno())
