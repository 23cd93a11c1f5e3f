"""Suggesting in a process of its own: what computes keeps nobody waiting who stores, sends and tells.

One interpreter computes at a time. While a message is understood there, this process goes on with what people wait for.
"""

from __future__ import annotations

import gc
import logging
import pickle
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import NoReturn

from contracts.answer import Answer
from contracts.errors import HuashuError, ServiceDown
from contracts.shop import Shop
from contracts.turn import Inquiry
from desk.suggest import Parts, Suggester

PATIENCE = 10.0
"""Seconds after which a process that does not answer is given up."""

START_PATIENCE = 180.0
"""Seconds after which one that has not started is given up."""

PAUSE = 30.0
"""Seconds until another one is tried after one that did not live long."""

SETTLED = 120.0
"""Seconds of life after which a process that ends is started again at once."""

_LOG = logging.getLogger("huashu.desk")

Open = Callable[[], Suggester]
"""Opens a suggester in the other process; it must be picklable."""

_Question = tuple[Inquiry, Shop | None, int]


class SuggestProcess:
    """Has messages answered by another process, and by `here` while that one is starting, lost or out of date.

    Safe to use from several threads; messages are answered one after the other. When `here` has been given other parts
    (a new library), the process is started anew and reads them, too.
    """

    def __init__(self, here: Suggester, open_: Open) -> None:
        self._here = here
        self._open = open_
        self._lock = threading.Lock()
        self._other: _Other | None = None
        self._not_before = 0.0
        self._closed = False

    @property
    def parts(self) -> Parts:
        """What answers are made of."""
        return self._here.parts

    @property
    def away(self) -> bool:
        """Whether the other process would answer the next message."""
        return self._current() is not None

    def suggest(self, inquiry: Inquiry, shop: Shop | None = None, k: int = 3) -> Answer:
        """See Suggester.suggest."""
        other = self._current()
        if other is not None:
            try:
                return other.answer((inquiry, shop, k))
            except _Lost as lost:
                self._forget(other, lost)
        return self._here.suggest(inquiry, shop, k)

    def start(self) -> None:
        """Start the other process; it answers as soon as it has loaded what it needs."""
        self._current()

    def close(self) -> None:
        """End the other process."""
        with self._lock:
            self._closed = True
            if self._other is not None:
                self._other.end()
                self._other = None

    def _current(self) -> _Other | None:
        """The other process when it is ready and up to date; starts one where there is none."""
        with self._lock:
            if self._other is not None and self._other.parts is not self._here.parts:
                self._other.end()
                self._other = None
            if self._other is None and not self._closed and time.monotonic() >= self._not_before:
                self._other = self._started()
            other = self._other
        if other is None:
            return None
        try:
            return other if other.ready() else None
        except _Lost as lost:
            self._forget(other, lost)
            return None

    def _started(self) -> _Other | None:
        try:
            return _Other(self._open, self._here.parts)
        except OSError as error:
            self._not_before = time.monotonic() + PAUSE
            _LOG.warning("suggestions are made in the desk's own process: no other one can be started (%s)", error)
            return None

    def _forget(self, other: _Other, why: _Lost) -> None:
        with self._lock:
            if self._other is not other:
                return
            self._other = None
            if other.age < SETTLED:
                self._not_before = time.monotonic() + PAUSE
        other.end()
        _LOG.warning("suggestions are made in the desk's own process for now: %s", why)


class _Lost(Exception):
    """The other process does not answer any more."""


class _Other:
    """A process that answers, and our end of the pipe to it. `parts` are those that its own ones must be like."""

    def __init__(self, open_: Open, parts: Parts) -> None:
        """Raises OSError when the machine has no room for another process."""
        self.parts = parts
        self._born = time.monotonic()
        self._opened = False
        self._lost = ""
        self._lock = threading.Lock()
        context = get_context("spawn")
        self._pipe, theirs = context.Pipe()
        try:
            self._process = context.Process(target=_serve, args=(theirs, open_), name="suggest", daemon=True)
            with _without_interrupts():
                self._process.start()
        except OSError:
            self._pipe.close()
            raise
        finally:
            theirs.close()

    @property
    def age(self) -> float:
        """Seconds since it was started."""
        return time.monotonic() - self._born

    def ready(self) -> bool:
        """Whether it has loaded what it needs. Raises _Lost."""
        if self._lost:
            raise _Lost(self._lost)
        if self._opened:
            return True
        with self._lock:
            if not self._opened and self._there(0.0):
                if pickle.loads(self._receive()) != self.parts.identity:
                    self._lose("it has read another library than the desk")
                self._opened = True
            if not self._opened and self.age > START_PATIENCE:
                self._lose(f"it did not start within {START_PATIENCE:g} seconds")
        return self._opened

    def answer(self, question: _Question) -> Answer:
        """What the other process answers. Raises _Lost, and what answering raised there."""
        packed = pickle.dumps(question, pickle.HIGHEST_PROTOCOL)
        with self._lock:
            if self._lost:
                raise _Lost(self._lost)
            try:
                self._pipe.send_bytes(packed)
            except OSError as error:
                self._lose(str(error))
            if not self._there(PATIENCE):
                self._lose(f"no answer within {PATIENCE:g} seconds")
            received = self._receive()
        found = pickle.loads(received)
        if isinstance(found, Exception):
            raise found
        assert isinstance(found, Answer)
        return found

    def end(self) -> None:
        """Kill it; who waits for an answer of it is told."""
        self._process.kill()
        with self._lock:
            self._lost = self._lost or "it was ended"
            self._pipe.close()
        self._process.join(1.0)

    def _there(self, seconds: float) -> bool:
        """Whether something can be received within so many seconds; the end of the process counts as something."""
        if self._lost:
            raise _Lost(self._lost)
        try:
            return self._pipe.poll(seconds)
        except OSError as error:
            self._lose(str(error))

    def _receive(self) -> bytes:
        try:
            return self._pipe.recv_bytes()
        except (EOFError, OSError):
            self._process.join(1.0)
            self._lose(f"it ended with code {self._process.exitcode}")

    def _lose(self, why: str) -> NoReturn:
        """Nobody asks it any more: an answer that came late would be taken for that of the next question."""
        self._lost = why
        raise _Lost(why)


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """A Ctrl-C is for the desk, which ends the processes that are started in the block."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(pipe: Connection, open_: Open) -> None:
    """The other process: answer until nobody asks any more, which the death of the asking process means, too."""
    try:
        suggester = open_()
    except HuashuError as error:
        _LOG.warning("%s", error)
        return
    suggester.warm_up()
    gc.collect()
    gc.freeze()
    try:
        pipe.send_bytes(pickle.dumps(suggester.parts.identity))
        while True:
            inquiry, shop, k = pickle.loads(pipe.recv_bytes())
            pipe.send_bytes(_answer(suggester, inquiry, shop, k))
    except (EOFError, OSError):
        return
    finally:
        suggester.close()


def _answer(suggester: Suggester, inquiry: Inquiry, shop: Shop | None, k: int) -> bytes:
    try:
        found: Answer | Exception = suggester.suggest(inquiry, shop, k)
    except HuashuError as error:
        found = error
    except Exception as error:
        _LOG.exception("a message could not be understood")
        found = ServiceDown(f"{type(error).__name__}: {error}")
    return pickle.dumps(found, pickle.HIGHEST_PROTOCOL)
