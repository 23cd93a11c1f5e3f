"""Understanding what came in: each unread line gets its suggestions, which agents see as soon as they are there."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from contracts.answer import Answer
from contracts.conversation import Conversation, Message
from contracts.errors import InputError
from desk.clock import Clock, utc_now
from desk.facts import LINES, facts_of
from desk.night.calling import NightCall
from desk.orders.protocol import OrderSource
from desk.shops import Shops
from desk.storage.conversations import get_conversation, messages_of
from desk.storage.database import Database
from desk.storage.feed import publish
from desk.storage.ledger import record
from desk.storage.shops import lock_shop
from desk.storage.suggestions import add_suggested
from desk.storage.unread import Unread, claim_unread, is_due, postpone_unread, settle_unread
from desk.suggest import Suggests
from desk.watch import Watch
from desk.wire import answer_json

_LEASE = timedelta(seconds=30)
_AFTER_FAILURE = timedelta(seconds=5)


@dataclass(frozen=True)
class Assistant:
    """Understands unread lines one by one; `holder` tells this worker's claims from those of others.

    `nights` is told of every line that comes while nobody is there; None when nothing is answered without people.
    """

    database: Database
    suggester: Suggests
    shops: Shops
    orders: OrderSource
    holder: str
    clock: Clock = utc_now
    watch: Watch = field(default_factory=Watch)
    nights: NightCall | None = None

    def step(self) -> bool:
        """Understand one line; False when none was waiting."""
        claimed = self._claim()
        if claimed is None:
            return False
        work, called = claimed
        with self.database.reading() as connection:
            talk = get_conversation(connection, work.conversation)
            lines = messages_of(connection, work.conversation, LINES)
        if called and self.nights is not None:
            self.nights.wake()
        try:
            answer, note = self._answer(talk, lines)
        except InputError:  # a shop that is no longer there, a talk without words
            self._settle(work, None, "")
            return True
        except Exception:
            with self.database.transaction() as connection:
                postpone_unread(connection, work.message, self.clock() + _AFTER_FAILURE * work.tries)
            raise
        self._settle(work, answer, note)
        return True

    def _claim(self) -> tuple[Unread, bool] | None:
        """The next line, for this worker alone, and whether the night is called to it too.

        Who finds none has kept no writer waiting.
        """
        with self.database.reading() as connection:
            if not is_due(connection, self.clock()):
                return None
        with self.database.transaction(lasting=False) as connection:
            work = claim_unread(connection, self.clock(), self.holder, _LEASE)
            if work is None:
                return None
            return work, self.nights is not None and self.nights.note(connection, work.conversation, work.shop)

    def _answer(self, talk: Conversation | None, lines: tuple[Message, ...]) -> tuple[Answer, str]:
        if talk is None:
            raise InputError("unknown conversation")
        shop = self.shops.find(talk.shop)
        facts = facts_of(talk, lines, shop, self.orders, self.clock())
        return self.suggester.suggest(facts.inquiry, shop), facts.note

    def _settle(self, work: Unread, answer: Answer | None, note: str) -> None:
        now = self.clock()
        wire = answer_json(answer) if answer is not None else {}
        with self.database.transaction() as connection:
            lock_shop(connection, work.shop)
            if not settle_unread(connection, work.message, self.holder) or answer is None:
                return
            wire["notes"] = [*answer.notes, *([note] if note else [])]
            name = add_suggested(connection, work.message, work.conversation, wire, now)
            publish(
                connection,
                work.shop,
                now,
                "suggestions",
                work.conversation,
                {"suggestion": name, "message": work.message},
            )
            shown = [{"reply_id": item["reply_id"], "text": item["text"]} for item in wire["suggestions"]]
            body = {"suggestion": name, "message": work.message, "shown": shown, "reason": answer.reason}
            record(connection, work.shop, now, "huashu", "suggested", body, work.conversation)
        self.watch.suggested(work.shop, work.conversation, answer)
