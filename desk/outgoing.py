"""What an agent may still do about a line that was sent: take it back before it leaves, try a dead one again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from contracts.conversation import Conversation, Delivery, Message
from contracts.errors import HuashuError
from desk.clock import Clock, utc_now
from desk.storage.conversations import get_message, wait_again
from desk.storage.database import Connection, Database
from desk.storage.feed import publish
from desk.storage.ledger import record
from desk.storage.outbox import revive, withdraw
from desk.storage.shops import lock_shop


class TooLate(HuashuError):
    """The line is not (or no longer) in a state in which this can be done."""


@dataclass(frozen=True)
class Outgoings:
    """Takes back and tries again; safe to use from several threads. `wake` is called when there is work."""

    database: Database
    wake: Callable[[], None]
    clock: Clock = utc_now

    def withdraw(self, talk: Conversation, message: Message, agent: str) -> Message:
        """Take a line back; the buyer's lines before it wait again. Raises TooLate when it is on its way, ServiceDown.

        Its key stays used: a late repetition of the same request sends nothing.
        """
        with self.database.transaction() as connection:
            lock_shop(connection, talk.shop)
            if not withdraw(connection, message.id, self.clock()):
                raise TooLate("this line is on its way already")
            wait_again(connection, talk.id)
            return self._note(connection, talk, message, agent, Delivery.WITHDRAWN, "withdrawn")

    def retry(self, talk: Conversation, message: Message, agent: str) -> Message:
        """Queue a dead line again, under the same key. Raises TooLate when it is not dead, ServiceDown."""
        with self.database.transaction() as connection:
            lock_shop(connection, talk.shop)
            if not revive(connection, message.id, self.clock()):
                raise TooLate("only a line that could not be delivered is tried again")
            again = self._note(connection, talk, message, agent, Delivery.QUEUED, "retried")
        self.wake()
        return again

    def _note(
        self, connection: Connection, talk: Conversation, message: Message, agent: str, state: Delivery, kind: str
    ) -> Message:
        now = self.clock()
        body = {"message": message.id, "number": message.number, "state": state.value, "author": agent}
        publish(connection, talk.shop, now, "delivery", talk.id, body)
        record(connection, talk.shop, now, agent, kind, body, talk.id)
        found = get_message(connection, message.id)
        return found or message
