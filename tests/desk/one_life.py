"""What a process does for one buyer: receive, understand, send, deliver; it may be killed at any transaction."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from contracts.conversation import Incoming, Outgoing
from desk.assistant import Assistant
from desk.delivery import Deliverer
from desk.inbox import Inbox
from desk.send import Draft, Sender
from desk.shops import Shops
from desk.storage.database import Connection, Database
from desk.storage.shops import note_shops
from tests.desk.small_parts import small_suggester
from tests.desk.talk import LAMPS, Orders

ANSWER = "可以开的亲，付款后把抬头发我，免费给您开"


@dataclass(frozen=True)
class Death:
    """When the process is killed: at which transaction or delivery, and on which side of it."""

    kind: str
    number: int
    before: bool

    def strikes(self, kind: str, number: int, *, before: bool) -> None:
        """End this process at once if this is the moment."""
        if (kind, number, before) == (self.kind, self.number, self.before):
            os.kill(os.getpid(), signal.SIGKILL)


NEVER = Death("never", 0, before=True)


class Doomed(Database):
    """A database whose process may be killed just before or just after a transaction is kept."""

    death = NEVER
    count = 0

    @contextmanager
    def transaction(self, *, lasting: bool = True) -> Iterator[Connection]:
        self.count += 1
        number = self.count
        with super().transaction(lasting=lasting) as connection:
            yield connection
            self.death.strikes("transaction", number, before=True)
        self.death.strikes("transaction", number, before=False)


@dataclass
class Paper:
    """A channel to a receiver that writes every attempt down, in a file that survives."""

    file: Path
    death: Death
    name: str = "paper"

    def deliver(self, message: Outgoing) -> None:
        self.death.strikes("delivery", 1, before=True)
        with self.file.open("a", encoding="utf-8") as paper:
            paper.write(f"{message.conversation} {message.key}\n")
        self.death.strikes("delivery", 1, before=False)


def live(url: str, paper: str, buyer: str, now: datetime, death: Death) -> int:
    """Do it all for one buyer, as a channel and an agent do who repeat what was not acknowledged.

    Gives the number of transactions it took.
    """
    database, suggester = Doomed.open(url), small_suggester()
    assert isinstance(database, Doomed)
    shops = Shops({LAMPS.id: LAMPS})
    with database.transaction() as connection:
        note_shops(connection, (LAMPS,))
    database.count, database.death = 0, death
    try:
        inbox = Inbox(database, _nothing, lambda: now)
        received = inbox.receive(Incoming("lamps", "paper", buyer, "能开专票吗", f"{buyer}-1", now))
        assistant = Assistant(database, suggester, shops, Orders(), f"a-{os.getpid()}", lambda: now)
        while assistant.step():
            pass
        sender = Sender(database, suggester.parts.checker, shops, Orders(), _nothing, clock=lambda: now)
        sender.send(Draft(received.conversation, ANSWER, "li", f"{buyer}-answer"))
        deliverer = Deliverer(database, {"paper": Paper(Path(paper), death)}, f"d-{os.getpid()}", lambda: now)
        while deliverer.step():
            pass
        return database.count
    finally:
        suggester.close()
        database.close()


def _nothing() -> None:
    pass
