"""Delivering what is in the outbox: in order, again after a failure, never twice for the buyer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from contracts.conversation import Delivery, Outgoing
from desk.channels.protocol import Channel, Refused, Undelivered
from desk.clock import Clock, utc_now
from desk.storage.database import Database
from desk.storage.feed import publish
from desk.storage.ledger import record
from desk.storage.outbox import claim_outgoing, is_due, postpone_outgoing, settle_outgoing
from desk.storage.shops import lock_shop
from desk.watch import Watch

LEASE = timedelta(seconds=30)
"""How long one attempt may take before another worker may try."""

MOST_TRIES = 8
_FIRST_PAUSE = timedelta(seconds=1)
_LONGEST_PAUSE = timedelta(minutes=5)


@dataclass(frozen=True)
class Deliverer:
    """Delivers messages one by one; `holder` tells this worker's claims from those of others."""

    database: Database
    channels: Mapping[str, Channel]
    holder: str
    clock: Clock = utc_now
    watch: Watch = field(default_factory=Watch)

    def step(self) -> bool:
        """Try to deliver one message; False when none may leave."""
        message = self._claim()
        if message is None:
            return False
        channel = self.channels.get(message.channel)
        try:
            if channel is None:
                raise Refused(f"there is no channel {message.channel!r}")
            channel.deliver(message)
        except Undelivered as failure:
            if message.attempt < MOST_TRIES:
                self._again(message, str(failure))
            else:
                self._end(message, Delivery.DEAD, str(failure))
        except Refused as failure:
            self._end(message, Delivery.DEAD, str(failure))
        else:
            self._end(message, Delivery.DELIVERED, "")
        return True

    def _claim(self) -> Outgoing | None:
        """The next message, for this worker alone; who finds none has kept no writer waiting."""
        with self.database.reading() as connection:
            if not is_due(connection, self.clock()):
                return None
        with self.database.transaction(lasting=False) as connection:
            return claim_outgoing(connection, self.clock(), self.holder, LEASE)

    def _again(self, message: Outgoing, error: str) -> None:
        pause = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2 ** (message.attempt - 1))
        with self.database.transaction() as connection:
            postponed = postpone_outgoing(connection, message.key, self.holder, self.clock() + pause, error)
        if postponed:
            self.watch.delivered(message.shop, message.conversation, Delivery.QUEUED, message.attempt)

    def _end(self, message: Outgoing, state: Delivery, error: str) -> None:
        now = self.clock()
        with self.database.transaction() as connection:
            lock_shop(connection, message.shop)
            if not settle_outgoing(connection, message.key, self.holder, now, state, error):
                return
            body = {"message": message.key, "state": state.value, "attempt": message.attempt, "error": error}
            publish(connection, message.shop, now, "delivery", message.conversation, body)
            record(connection, message.shop, now, "huashu", state.value, body, message.conversation)
        self.watch.delivered(message.shop, message.conversation, state, message.attempt)
