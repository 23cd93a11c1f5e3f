"""Hearing from other processes: PostgreSQL's LISTEN, over a connection of its own."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

import psycopg

from desk.storage.database import Database
from desk.storage.feed import EVENTS, NOTICES, Notice, read_notice

_LOG = logging.getLogger("huashu.desk")
_LOOK_UP = 1.0
"""Seconds after which a listener looks whether it should stop."""
_PAUSE = 1.0


class Listener:
    """A thread that calls `stirred` with a shop that has new events ("" after an interruption: any may have), and
    `told` with a notice."""

    def __init__(self, database: Database, stirred: Callable[[str], None], told: Callable[[Notice], None]) -> None:
        engine = database.engine
        self._arguments = engine.dialect.create_connect_args(engine.url)[1]
        self._stirred = stirred
        self._told = told
        self._stopping = threading.Event()
        self._listening = threading.Event()
        self._thread = threading.Thread(target=self._run, name="listener", daemon=True)

    def start(self) -> None:
        """Begin, and wait a moment until it listens; a database that is gone is waited for in the background."""
        self._thread.start()
        self._listening.wait(_PAUSE)

    def stop(self, patience: float = 5.0) -> None:
        """End; waits at most `patience` seconds."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(patience)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._listen()
            except psycopg.Error as error:
                _LOG.warning("live events come late: the database does not answer (%s)", type(error).__name__)
                self._stopping.wait(_PAUSE)

    def _listen(self) -> None:
        with psycopg.connect(**self._arguments, autocommit=True) as connection:
            for channel in (EVENTS, NOTICES):
                connection.execute(f"LISTEN {channel}")
            self._listening.set()
            self._stirred("")
            while not self._stopping.is_set():
                for heard in connection.notifies(timeout=_LOOK_UP):
                    if heard.channel == EVENTS:
                        self._stirred(heard.payload)
                    else:
                        self._told(read_notice(heard.payload))
