"""The way in: a buyer's line is stored before anything else happens to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from contracts.conversation import Incoming
from contracts.errors import InputError
from contracts.text import MAX_CHARACTERS, clean_lines
from contracts.turn import Speaker
from desk.clock import Clock, utc_now
from desk.storage.conversations import add_message, conversation_of, find_external
from desk.storage.database import Database
from desk.storage.feed import publish
from desk.storage.ledger import record
from desk.storage.shops import lock_shop
from desk.storage.unread import add_unread
from desk.watch import Watch


def whole_text(text: str) -> str:
    """A message without what cannot be seen, its line breaks kept.

    Raises InputError for one that is empty or so long that it would be cut.
    """
    if len(text) > MAX_CHARACTERS:
        raise InputError(f"the message has {len(text)} characters; {MAX_CHARACTERS} are the most")
    cleaned = clean_lines(text)
    if not cleaned:
        raise InputError("the message has no text")
    return cleaned


@dataclass(frozen=True)
class Received:
    """Where a line was stored; `duplicate` when it had been before."""

    message: str
    conversation: str
    duplicate: bool


class Inbox:
    """Stores what buyers write; safe to use from several threads. `wake` is called when there is something to read."""

    def __init__(
        self, database: Database, wake: Callable[[], None], clock: Clock = utc_now, watch: Watch | None = None
    ) -> None:
        self._database = database
        self._wake = wake
        self._clock = clock
        self._watch = watch or Watch()

    def receive(self, incoming: Incoming) -> Received:
        """Store a line. Raises InputError for one without text or for an unknown shop, ServiceDown."""
        received = self._store(incoming)
        self._watch.received(incoming.shop, received.conversation, duplicate=received.duplicate)
        if not received.duplicate:
            self._wake()
        return received

    def _store(self, incoming: Incoming) -> Received:
        text = whole_text(incoming.text)
        now = self._clock()
        with self._database.transaction() as connection:
            lock_shop(connection, incoming.shop)
            conversation = conversation_of(
                connection, incoming.shop, incoming.channel, incoming.buyer, now, incoming.buyer_name
            )
            message = add_message(
                connection, conversation.id, Speaker.BUYER, text, incoming.said_at, now, incoming.external_id
            )
            if message is None:
                known = find_external(connection, conversation.id, Speaker.BUYER, incoming.external_id)
                return Received(known.id if known else "", conversation.id, duplicate=True)
            add_unread(connection, message.id, incoming.shop, conversation.id, now)
            body = {"message": message.id, "number": message.number, "text": text}
            publish(connection, incoming.shop, now, "message", conversation.id, {**body, "speaker": "buyer"})
            record(connection, incoming.shop, now, "buyer", "received", body, conversation.id)
        return Received(message.id, conversation.id, duplicate=False)
