"""One process for a SQLite file: who serves it holds a lock beside it."""

from __future__ import annotations

import fcntl
from pathlib import Path
from typing import IO


def lock_alone(file: Path) -> IO[str] | None:
    """The lock of a SQLite file, held until it is closed or the process ends; None when another process has it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    lock = file.with_name(f"{file.name}.lock").open("a")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        return None
    return lock
