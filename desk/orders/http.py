"""Orders from a shop's own order system, over HTTP."""

from __future__ import annotations

import json
import threading
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from contracts.errors import ServiceDown
from desk.calls import Call, Caller, CallFailed
from desk.connections import OrdersConnection
from desk.orders.fields import read_fields

TIMEOUT = 0.8
"""Seconds that one answer may take in all."""

_NONE = frozenset({204, 404})
"""How a system says that a buyer has no order."""


@dataclass
class _Breaker:
    """Leaves a system that fails alone: after FAILURES in a row, for PAUSE seconds, then one call may try."""

    FAILURES = 3
    PAUSE = 10.0

    failed: int = 0
    resume_at: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def enter(self, now: float) -> None:
        with self.lock:
            if self.failed < self.FAILURES:
                return
            if now < self.resume_at:
                raise ServiceDown("it failed just now and is left alone for a few seconds")
            self.resume_at = now + self.PAUSE

    def note(self, now: float, *, failed: bool) -> None:
        with self.lock:
            self.failed = self.failed + 1 if failed else 0
            if self.failed >= self.FAILURES:
                self.resume_at = now + self.PAUSE


class HttpOrders:
    """Asks one shop's order system; safe to use from several threads.

    The answer is a JSON object with the keys of an order; keys that no order has are ignored, and so are values that
    cannot be read. 404 and 204 mean that there is none. An answer is remembered for `remember` seconds, a failure is
    not. `now` counts seconds.
    """

    MOST = 5_000
    """Buyers whose answers are remembered."""

    def __init__(
        self,
        connection: OrdersConnection,
        caller: Caller,
        timeout: float = TIMEOUT,
        remember: float = 5.0,
        now: Any = time.monotonic,
    ) -> None:
        self._connection = connection
        self._caller = caller
        self._timeout = timeout
        self._remember = remember
        self._now = now
        self._breaker = _Breaker()
        self._remembered: OrderedDict[tuple[str, str], tuple[float, Mapping[str, Any]]] = OrderedDict()
        self._lock = threading.Lock()

    def latest(self, shop: str, buyer: str) -> Mapping[str, Any]:
        """The order that the system names for the buyer; empty when there is none. Raises ServiceDown."""
        if not buyer:
            return {}
        known = self._recall(shop, buyer)
        if known is not None:
            return known
        self._breaker.enter(self._now())
        try:
            found = self._ask(shop, buyer)
        except ServiceDown:
            self._breaker.note(self._now(), failed=True)
            raise
        self._breaker.note(self._now(), failed=False)
        self._keep(shop, buyer, found)
        return found

    def _ask(self, shop: str, buyer: str) -> Mapping[str, Any]:
        url = self._connection.url.format(shop=quote(shop, safe=""), buyer=quote(buyer, safe=""))
        headers = {"Accept": "application/json", "User-Agent": "Huashu"}
        if self._connection.token:
            headers["Authorization"] = f"Bearer {self._connection.token}"
        try:
            answer = self._caller.call(Call("GET", url, headers), self._timeout)
        except CallFailed as failure:
            raise ServiceDown(str(failure)) from None
        if answer.status in _NONE:
            return {}
        if answer.status != 200:
            raise ServiceDown(f"it answered {answer.status}")
        return _order(answer.body)

    def _recall(self, shop: str, buyer: str) -> Mapping[str, Any] | None:
        with self._lock:
            until, known = self._remembered.get((shop, buyer), (0.0, None))
        return known if known is not None and self._now() < until else None

    def _keep(self, shop: str, buyer: str, found: Mapping[str, Any]) -> None:
        with self._lock:
            self._remembered[shop, buyer] = (self._now() + self._remember, found)
            self._remembered.move_to_end((shop, buyer))
            if len(self._remembered) > self.MOST:
                self._remembered.popitem(last=False)


def _order(body: bytes) -> Mapping[str, Any]:
    try:
        raw = json.loads(body)
    except (ValueError, RecursionError):
        raise ServiceDown("its answer is not JSON") from None
    if not isinstance(raw, dict):
        raise ServiceDown("its answer is not one order")
    known, _ = read_fields(raw)
    return known
