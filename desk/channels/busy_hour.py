"""A simulated busy hour: our own dialogues, played into a demo shop faster than real time."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from contracts.context import OrderStatus
from contracts.errors import HuashuError, InputError, NotFound
from desk.channels.demo import Buyer, DemoDoor
from desk.channels.demo_dialogues import DemoDialogue
from desk.channels.pace import Pace
from desk.clock import Clock, utc_now
from desk.shops import Shops

USUAL_SPEED = 60.0
"""Times real time: the hour takes a minute."""

_PRESSES = 30
_HOUR = 3600.0


class AlreadyBusy(HuashuError):
    """The busy hour of this shop is being played (HTTP 409)."""


@dataclass(frozen=True)
class Progress:
    """How far the busy hour of a shop is; `seconds_left` are those until its last line."""

    running: bool
    conversations: int = 0
    lines: int = 0
    played: int = 0
    seconds_left: float = 0.0


@dataclass(frozen=True)
class _Due:
    """A line with its moment and its writer."""

    at: datetime
    buyer: Buyer
    order: OrderStatus
    text: str
    id: str


@dataclass
class _Run:
    """What is being played in one shop."""

    lines: tuple[_Due, ...]
    conversations: int
    played: int = 0

    def progress(self, now: datetime) -> Progress:
        left = max(0.0, (self.lines[-1].at - now).total_seconds())
        return Progress(self.played < len(self.lines), self.conversations, len(self.lines), self.played, left)


class BusyHour:
    """Plays the hour in any number of shops, each once at a time; safe to use from several threads.

    `step` is the work of a Worker. Lines go through the demo door, each with an id of its own, so that one that has
    to be tried again comes once. What a desk that stops has not played yet is not played.
    """

    def __init__(self, door: DemoDoor, shops: Shops, dialogues: Sequence[DemoDialogue], clock: Clock = utc_now) -> None:
        self._door = door
        self._shops = shops
        self._dialogues = tuple(dialogues)
        self._clock = clock
        self._presses = Pace(_PRESSES, _HOUR)
        self._runs: dict[str, _Run] = {}
        self._lock = threading.Lock()

    def begin(self, shop: str, address: str, speed: float = USUAL_SPEED) -> Progress:
        """Begin to play, at `speed` times real time. `address` is where the wish comes from.

        Raises NotFound for a shop that is no demo shop, InputError for a speed that is none, AlreadyBusy, TooOften.
        """
        fitting = self._fitting(shop)
        if not speed >= 1:
            raise InputError("the speed must be 1 or more")
        now = self._clock()
        with self._lock:
            known = self._runs.get(shop)
            if known is not None and known.progress(now).running:
                raise AlreadyBusy("the busy hour of this shop is being played already")
            self._presses.step(address, now.timestamp())
            run = self._runs[shop] = _Run(_schedule(fitting, now, speed), len(fitting))
            return run.progress(now)

    def progress(self, shop: str) -> Progress:
        """How far the hour is. Raises NotFound for a shop that is no demo shop."""
        self._fitting(shop)
        with self._lock:
            run = self._runs.get(shop)
            return run.progress(self._clock()) if run is not None else Progress(running=False)

    def step(self) -> bool:
        """Play what is due, in every shop; there is nothing to do right after. Raises ServiceDown."""
        with self._lock:
            running = list(self._runs.items())
        for shop, run in running:
            now = self._clock()
            while run.played < len(run.lines) and run.lines[run.played].at <= now:
                line = run.lines[run.played]
                self._door.store(shop, line.buyer, line.text, line.id, line.order)
                run.played += 1
        return False

    def _fitting(self, shop: str) -> tuple[DemoDialogue, ...]:
        known = self._shops.find(shop) if shop in self._shops.ids else None
        fitting = tuple(one for one in self._dialogues if known is not None and known.demo and one.fits(known))
        if not fitting:
            raise NotFound("there is no demo shop of this name")
        return fitting


def _schedule(dialogues: Sequence[DemoDialogue], now: datetime, speed: float) -> tuple[_Due, ...]:
    """Every line in the order of its moment; the buyers are new ones each time."""
    made: list[_Due] = []
    for dialogue in dialogues:
        buyer = Buyer(f"busy-{secrets.token_hex(8)}", "")
        for number, line in enumerate(dialogue.lines, start=1):
            moment = now + timedelta(seconds=line.at / speed)
            made.append(_Due(moment, buyer, dialogue.order, line.text, f"{dialogue.id}-{number}"))
    return tuple(sorted(made, key=lambda line: line.at))
