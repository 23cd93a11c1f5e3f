"""What agents made of suggestions, message by message, with the lines that they had before them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from contracts.conversation import Delivery, Message
from desk.facts import LINES
from desk.storage.conversations import get_message, messages_of
from desk.storage.database import Connection, Database
from desk.storage.decided import Decided, decided_in, suggested_before, suggested_by_id
from desk.storage.decisions import DecisionKind
from desk.storage.suggestions import Suggested

_BATCH = 100


@dataclass(frozen=True)
class Offered:
    """A suggestion as the agent saw it."""

    reply_id: str
    topic: str
    text: str


@dataclass(frozen=True)
class Made:
    """What an agent made of the suggestions for one message.

    `lines` end with the message. `kind` is how it was answered; None while it was not, or only suggestions were refused
    (`rejected`, ranks from 1). `rank` is that of the suggestion that was taken, `reply_id` what was sent from the
    library, `sent` the text that left.
    """

    id: str
    shop: str
    conversation: str
    lines: tuple[Message, ...]
    offered: tuple[Offered, ...]
    kind: DecisionKind | None = None
    rank: int | None = None
    reply_id: str = ""
    sent: str = ""
    rejected: frozenset[int] = field(default_factory=frozenset)

    @property
    def accepted(self) -> Offered | None:
        """The suggestion that was sent, with changes or without; None when none was."""
        if self.kind not in (DecisionKind.APPROVED, DecisionKind.EDITED) or self.rank is None:
            return None
        return self.offered[self.rank - 1] if self.rank <= len(self.offered) else None


def decided(database: Database, shop: str) -> Iterator[Made]:
    """What people made of suggestions in a shop, conversation by conversation; what was erased is left out.

    A message that was answered in several texts counts by the first of them. Raises ServiceDown.
    """
    after: Decided | None = None
    there: dict[str, Made] = {}
    while True:
        with database.reading() as connection:
            piece = decided_in(connection, shop, _BATCH, after)
            found = [(one, _begun(connection, shop, one)) for one in piece if not one.robot]
        if not piece:
            break
        for one, begun in found:
            if after is not None and one.conversation != after.conversation:
                yield from there.values()
                there = {}
            after = one
            if begun is not None:
                there[begun.id] = _with(there.get(begun.id, begun), one)
        after = piece[-1]
    yield from there.values()


def _offer(connection: Connection, one: Decided) -> Suggested | None:
    """What was on offer when it was decided; nothing when it was erased."""
    if one.suggestion is not None:
        found = suggested_by_id(connection, one.suggestion)
    else:
        found = suggested_before(connection, one.conversation, one.at)
    return found if found is not None and found.answer else None


def _begun(connection: Connection, shop: str, one: Decided) -> Made | None:
    """What was on offer, undecided yet; None when it or its message is gone."""
    offer = _offer(connection, one)
    asked = get_message(connection, offer.message) if offer is not None else None
    if offer is None or asked is None or not asked.text:
        return None
    lines = messages_of(connection, one.conversation, LINES, asked.number + 1)
    kept = tuple(line for line in lines if line.text and line.delivery is not Delivery.WITHDRAWN)
    shown = tuple(
        Offered(item["reply_id"], item["topic"], item["text"]) for item in offer.answer.get("suggestions", ())
    )
    return Made(offer.id, shop, one.conversation, kept, shown)


def _with(made: Made, one: Decided) -> Made:
    if one.kind is DecisionKind.REJECTED:
        return replace(made, rejected=made.rejected | {one.rank}) if one.rank is not None else made
    if made.kind is not None:
        return made
    return replace(made, kind=one.kind, rank=one.rank, reply_id=one.reply_id, sent=one.sent)
