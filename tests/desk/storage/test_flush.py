from __future__ import annotations

import threading
from pathlib import Path

import pytest

from contracts.errors import ServiceDown
from desk.storage.database import Database
from desk.storage.flush import Flush

PATIENCE = 60.0


class Slow(Flush):
    """Forces when it is let; counts how often."""

    def __init__(self, database: Path) -> None:
        super().__init__(database)
        self.times, self.fault = 0, False
        self.begun, self.go_on = threading.Semaphore(0), threading.Semaphore(0)

    def _force(self) -> None:
        self.times += 1
        self.begun.release()
        assert self.go_on.acquire(timeout=PATIENCE)
        if self.fault:
            raise OSError(5, "Input/output error")


def _asked(flush: Slow, done: list[str], name: str) -> threading.Thread:
    def ask() -> None:
        try:
            flush()
            done.append(name)
        except OSError:
            done.append(f"{name} failed")

    thread = threading.Thread(target=ask)
    thread.start()
    return thread


def _waiting(flush: Slow, count: int) -> None:
    """Wait until so many have asked."""
    for _ in range(int(PATIENCE * 100)):
        if flush._asked == count:
            return
        threading.Event().wait(0.01)
    pytest.fail("nobody asked")


def test_those_who_come_during_one_are_served_together_by_the_next(tmp_path: Path) -> None:
    flush, done = Slow(tmp_path / "x.db"), list[str]()
    first = _asked(flush, done, "first")
    assert flush.begun.acquire(timeout=PATIENCE)
    others = [_asked(flush, done, f"other {number}") for number in range(5)]
    _waiting(flush, 6)
    flush.go_on.release()
    assert flush.begun.acquire(timeout=PATIENCE)
    first.join(PATIENCE)
    assert done == ["first"], "what came later needs another one"
    flush.go_on.release()
    for other in others:
        other.join(PATIENCE)
    assert len(done) == 6
    assert flush.times == 2


def test_a_failure_is_told_and_the_next_one_tries_again(tmp_path: Path) -> None:
    flush, done = Slow(tmp_path / "x.db"), list[str]()
    flush.fault = True
    first = _asked(flush, done, "first")
    assert flush.begun.acquire(timeout=PATIENCE)
    flush.go_on.release()
    first.join(PATIENCE)
    flush.fault = False
    second = _asked(flush, done, "second")
    assert flush.begun.acquire(timeout=PATIENCE)
    flush.go_on.release()
    second.join(PATIENCE)
    assert done == ["first failed", "second"]


def test_without_a_log_everything_is_in_the_database_already(tmp_path: Path) -> None:
    Flush(tmp_path / "x.db")()


def test_a_disk_that_takes_nothing_is_a_service_that_is_down(tmp_path: Path) -> None:
    def full() -> None:
        raise OSError(28, "No space left on device")

    opened = Database.open(f"sqlite:///{tmp_path / 'x.db'}")
    broken = Database(opened.engine, flush=full)
    with pytest.raises(ServiceDown, match="No space left"), broken.transaction():
        pass
    with broken.transaction(lasting=False):
        pass
    opened.close()
