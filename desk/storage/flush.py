"""Making what SQLite has committed last, for several writers at once.

With `synchronous=NORMAL` a commit is in the file, where a killed process loses nothing, but not yet on the disk, where
a power cut would take it. SQLite itself can force each commit to the disk (FULL), with every other writer waiting
meanwhile. Here writers commit one after another and are then made to last together: the log is forced to the disk once
for all that have committed before. SQLite forces the log by itself before it copies it into the database.
"""

from __future__ import annotations

import os
import threading
from pathlib import Path


class Flush:
    """Forces the write-ahead log of one database to the disk; safe to use from several threads."""

    def __init__(self, database: Path) -> None:
        self._log = database.with_name(f"{database.name}-wal")
        self._turn = threading.Condition()
        self._asked = 0
        self._done = 0
        self._busy = False

    def __call__(self) -> None:
        """Return once everything that had been committed at the call is on the disk. Raises OSError."""
        with self._turn:
            self._asked += 1
            mine = self._asked
            while self._busy and self._done < mine:
                self._turn.wait()
            if self._done >= mine:
                return
            self._busy, covered = True, self._asked
        try:
            self._force()
        except BaseException:
            covered = 0
            raise
        finally:
            with self._turn:
                self._busy, self._done = False, max(self._done, covered)
                self._turn.notify_all()

    def _force(self) -> None:
        try:
            log = os.open(self._log, os.O_RDONLY)
        except FileNotFoundError:  # SQLite has copied and removed it: all of it is in the database, on the disk
            return
        try:
            os.fsync(log)
        finally:
            os.close(log)
