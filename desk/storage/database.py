"""The database: SQLite for one process (the default), PostgreSQL for a team, by its address."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from contracts.errors import InputError, ServiceDown
from desk.storage.alone import lock_alone
from desk.storage.feed import STIRRED
from desk.storage.flush import Flush
from desk.storage.migrating import migrate

__all__ = ["Connection", "Database"]

_BUSY_MS = 10_000
"""How long a SQLite writer waits for another one."""

_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=NORMAL",  # `Flush` does the rest, without keeping other writers waiting
    "foreign_keys=ON",
    "secure_delete=ON",  # what is erased is overwritten in the file
    f"busy_timeout={_BUSY_MS}",
)


_READING = "huashu_reading"
"""The execution option of a connection that only reads."""


class Database:
    """Hands out transactions; safe to use from several threads. `close` gives its connections back.

    SQLite has one writer at a time and lets others try again after a pause, so that some wait for long: within a
    process writers take turns. Readers wait for nobody.
    """

    def __init__(self, engine: Engine, lock: IO[str] | None = None, flush: Callable[[], None] = lambda: None) -> None:
        self.engine = engine
        self._flush = flush
        self._lock = lock
        self._turn: AbstractContextManager[object] = nullcontext() if self.postgres else threading.Lock()
        self._listeners: list[Callable[[str], None]] = []

    @classmethod
    def open(cls, url: str, *, alone: bool = True) -> Database:
        """The database at `url` (sqlite:///file or postgresql://...), brought to the newest schema.

        A desk has a SQLite file for itself; a command that looks in while the desk may be running says `alone=False`.
        Raises InputError for an address that cannot be used or a SQLite file that another process has open, ServiceDown
        when the database does not answer.
        """
        try:
            parsed = make_url(url)
        except ArgumentError:
            raise InputError("storage.url is no database address such as sqlite:///file or postgresql://...") from None
        if parsed.get_backend_name() == "sqlite":
            return cls._sqlite(parsed.database or "", alone=alone)
        if parsed.get_backend_name() != "postgresql":
            raise InputError(f"storage.url: {parsed.get_backend_name()!r} is neither sqlite nor postgresql")
        engine = create_engine(
            parsed.set(drivername="postgresql+psycopg"), pool_pre_ping=True, pool_size=10, hide_parameters=True
        )
        return cls(engine)._ready()

    @classmethod
    def _sqlite(cls, path: str, *, alone: bool) -> Database:
        file = Path(path)
        lock = lock_alone(file)
        if lock is None:
            if not alone:
                return cls(_sqlite_engine(file), flush=Flush(file))
            raise InputError(
                f"{file.name} is in use by another process: SQLite serves one; give several a PostgreSQL by storage.url"
            )
        ready = cls(_sqlite_engine(file), lock, Flush(file))._ready()
        if not alone:
            lock.close()
        return ready

    def _ready(self) -> Database:
        try:
            migrate(self.engine)
        except OperationalError as error:
            self.close()
            raise ServiceDown(f"the database does not answer: {_reason(error)}") from None
        return self

    @property
    def postgres(self) -> bool:
        return self.engine.dialect.name == "postgresql"

    @contextmanager
    def transaction(self, *, lasting: bool = True) -> Iterator[Connection]:
        """One unit of work: all of it is kept, or nothing. Raises ServiceDown when the database is gone.

        What is not `lasting` (a claim, which ends by itself) survives the process, and not in every case a power cut.
        """
        with _answering(), self._turn, self.engine.begin() as connection:
            connection.info.pop(STIRRED, None)
            yield connection
            stirred: set[str] = connection.info.pop(STIRRED, set())
        if lasting:
            self._make_last()
        for shop in stirred:
            for listener in self._listeners:
                listener(shop)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """What the database holds at one moment; nothing can be written. Raises ServiceDown when it is gone."""
        with _answering(), self.engine.connect() as connection:
            connection.execution_options(**{_READING: True, "postgresql_readonly": self.postgres})
            with connection.begin():
                yield connection

    def _make_last(self) -> None:
        try:
            self._flush()
        except OSError as error:
            raise ServiceDown(f"the database cannot be written to the disk: {error.strerror}") from None

    def on_events(self, listener: Callable[[str], None]) -> None:
        """Have `listener` called with the shop whenever this process has stored events; it must be quick."""
        self._listeners.append(listener)

    def answers(self) -> bool:
        """Whether a question gets an answer."""
        try:
            with self.reading() as connection:
                connection.execute(text("SELECT 1"))
        except ServiceDown:
            return False
        return True

    def close(self) -> None:
        """Give back the connections, and the file to other processes."""
        self.engine.dispose()
        if self._lock is not None:
            self._lock.close()


def _sqlite_engine(file: Path) -> Engine:
    engine = create_engine(
        f"sqlite:///{file}", connect_args={"check_same_thread": False}, pool_size=10, hide_parameters=True
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, record: object) -> None:  # noqa: ARG001 - the library's signature
    """Transactions are begun by SQLAlchemy alone (its documented way around the driver's own beginnings)."""
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    reading = bool(connection.get_execution_options().get(_READING))
    connection.exec_driver_sql(f"PRAGMA query_only={int(reading)}")
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


@contextmanager
def _answering() -> Iterator[None]:
    """Turns the failure of a database that is gone into ServiceDown."""
    try:
        yield
    except DBAPIError as error:
        if error.connection_invalidated or isinstance(error, OperationalError):
            raise ServiceDown(f"the database does not answer: {_reason(error)}") from None
        raise


def _reason(error: DBAPIError) -> str:
    return str(error.orig).strip().splitlines()[0] if str(error.orig).strip() else type(error.orig).__name__
