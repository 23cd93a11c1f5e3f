"""A reader that knows what it has just read: at night one line is asked about by the panel and by the night itself."""

from __future__ import annotations

from threading import Lock

from cachetools import TTLCache

from contracts.turn import Inquiry
from contracts.understanding import Understanding
from desk.understand import Reader, packed

KEPT = 1024
"""Readings that are kept at most."""

SECONDS = 30.0
"""How long a reading is kept: beyond that, a model that was trained anew may answer instead."""


class RememberingReader:
    """Asks another reader, once for each message with its lines before; safe to use from several threads.

    That a reader is down is not remembered.
    """

    def __init__(self, reader: Reader) -> None:
        self.patience = reader.patience
        self._reader = reader
        self._read: TTLCache[str, Understanding] = TTLCache(KEPT, SECONDS)
        self._lock = Lock()

    def read(self, inquiry: Inquiry) -> Understanding:
        key = packed(inquiry)
        with self._lock:
            known = self._read.get(key)
        if known is not None:
            return known
        found = self._reader.read(inquiry)
        with self._lock:
            self._read[key] = found
        return found

    def ready(self) -> bool:
        return self._reader.ready()

    def close(self) -> None:
        self._reader.close()
