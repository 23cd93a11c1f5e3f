"""Taking in what a channel hands over twice: once stored, and refused when the second is not the same."""

from __future__ import annotations

from contracts.conversation import Incoming
from contracts.errors import HuashuError
from contracts.text import clean_optional
from desk.inbox import Inbox, Received, whole_text
from desk.storage.conversations import get_message
from desk.storage.database import Database


class Conflict(HuashuError):
    """An id has been used before, by a line that says something else."""


def receive_once(inbox: Inbox, database: Database, incoming: Incoming) -> Received:
    """Store a line, or find it stored, however its lines are broken. Raises Conflict, InputError, ServiceDown."""
    received = inbox.receive(incoming)
    if received.duplicate:
        with database.reading() as connection:
            known = get_message(connection, received.message)
        if known is None or clean_optional(known.text) != clean_optional(whole_text(incoming.text)):
            raise Conflict("this id belongs to another line")
    return received
