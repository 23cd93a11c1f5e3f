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
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection

from contracts.answer import Answer
from contracts.errors import HuashuError
from contracts.shop import Shop
from contracts.turn import Inquiry
from desk.suggest import Parts, Suggester

PATIENCE = 10.0
"""Seconds after which a process that does not answer is given up."""

PAUSE = 30.0
"""Seconds until another one is tried after one that did not start."""

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
                self._other = _Other(self._open, self._here.parts)
            other = self._other
        if other is None:
            return None
        try:
            return other if other.ready() else None
        except _Lost as lost:
            self._forget(other, lost)
            return None

    def _forget(self, other: _Other, why: _Lost) -> None:
        with self._lock:
            if self._other is not other:
                return
            self._other = None
            if not other.opened:
                self._not_before = time.monotonic() + PAUSE
        other.end()
        _LOG.warning("suggestions are made in the desk's own process for now: %s", why)


class _Lost(Exception):
    """The other process does not answer any more."""


class _Other:
    """A process that answers, and our end of the pipe to it. `parts` are those that its own ones are like."""

    def __init__(self, open_: Open, parts: Parts) -> None:
        self.parts = parts
        self.opened = False
        self._lock = threading.Lock()
        context = get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, open_), name="suggest", daemon=True)
        self._process.start()
        theirs.close()

    def ready(self) -> bool:
        """Whether it has loaded what it needs. Raises _Lost."""
        if self.opened:
            return True
        with self._lock:
            if not self.opened and self._pipe.poll():
                self._receive()
                self.opened = True
        return self.opened

    def answer(self, question: _Question) -> Answer:
        """What the other process answers. Raises _Lost, and what answering raised there."""
        packed = pickle.dumps(question, pickle.HIGHEST_PROTOCOL)
        with self._lock:
            try:
                self._pipe.send_bytes(packed)
                if not self._pipe.poll(PATIENCE):
                    raise _Lost(f"no answer within {PATIENCE:g} seconds")
            except OSError as error:
                raise _Lost(str(error) or type(error).__name__) from None
            received = self._receive()
        found = pickle.loads(received)
        if isinstance(found, Exception):
            raise found
        assert isinstance(found, Answer)
        return found

    def end(self) -> None:
        self._process.kill()
        self._process.join(1.0)
        self._pipe.close()

    def _receive(self) -> bytes:
        try:
            return self._pipe.recv_bytes()
        except (EOFError, OSError):
            self._process.join(1.0)
            raise _Lost(f"it ended with code {self._process.exitcode}") from None


def _serve(pipe: Connection, open_: Open) -> None:
    """The other process: answer until nobody asks any more, which the death of the asking process means, too."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C is for the desk, which ends this process
    try:
        suggester = open_()
    except HuashuError as error:
        _LOG.warning("%s", error)
        return
    suggester.warm_up()
    gc.collect()
    gc.freeze()
    try:
        pipe.send_bytes(b"")
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
    except Exception as error:
        found = error
    return pickle.dumps(found, pickle.HIGHEST_PROTOCOL)
