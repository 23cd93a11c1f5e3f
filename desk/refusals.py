"""An agent says that a suggestion is of no use, and why: what the library learns from."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.conversation import Conversation
from contracts.errors import InputError
from contracts.text import clean_optional
from desk.clock import Clock, utc_now
from desk.storage.database import Database
from desk.storage.decisions import Decision, DecisionKind, add_decision
from desk.storage.feed import publish
from desk.storage.ledger import record
from desk.storage.shops import lock_shop
from desk.storage.suggestions import find_offer


@dataclass(frozen=True)
class Refusals:
    """Stores refused suggestions; safe to use from several threads."""

    database: Database
    clock: Clock = utc_now

    def refuse(self, talk: Conversation, suggestion: str, rank: int, agent: str, reason: str) -> str:
        """Store it and give the decision's id.

        Raises InputError when the conversation has no suggestion of that id and rank (from 1), ServiceDown.
        """
        said = clean_optional(reason)
        now = self.clock()
        with self.database.transaction() as connection:
            lock_shop(connection, talk.shop)
            offer = find_offer(connection, suggestion, rank, talk.id)
            if offer is None:
                raise InputError("this conversation has no such suggestion")
            decision = Decision(DecisionKind.REJECTED, agent, suggestion, None, rank, offer.reply_id, offer.text, said)
            name = add_decision(connection, talk.shop, talk.id, decision, now)
            body = {"suggestion": suggestion, "rank": rank, "reply_id": offer.reply_id, "reason": said}
            publish(connection, talk.shop, now, "rejected", talk.id, {**body, "author": agent})
            record(connection, talk.shop, now, agent, "rejected", {**body, "offered": offer.text}, talk.id)
        return name
