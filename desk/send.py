"""The only door out: what breaks a rule does not leave, whoever wrote it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from compliance.checker import Checker
from contracts.conversation import Conversation, Delivery, Message
from contracts.errors import HuashuError, InputError
from contracts.finding import Verdict
from contracts.reply import SLOT
from contracts.turn import Speaker
from desk.clock import Clock, utc_now
from desk.facts import LINES, facts_of
from desk.inbox import whole_text
from desk.orders.protocol import OrderSource
from desk.shops import Shops
from desk.storage.conversations import add_message, find_external, get_conversation, messages_of
from desk.storage.database import Connection, Database
from desk.storage.decisions import Decision, DecisionKind, add_decision
from desk.storage.feed import publish
from desk.storage.ledger import record
from desk.storage.outbox import queue_message, withdraw_automatic
from desk.storage.shops import lock_shop
from desk.storage.suggestions import Offer, find_offer
from desk.watch import Watch
from desk.wire import finding_json

Keep = Callable[[Connection], None]
"""Stores something in the transaction of somebody else."""


class Blocked(HuashuError):
    """A text that breaks a rule; `verdict` says which and where."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(f"the rules stop this text: {', '.join(found.clause for found in verdict.findings)}")
        self.verdict = verdict


@dataclass(frozen=True)
class Draft:
    """What somebody wants to say.

    `key` is the sender's own: the same key in the same conversation is sent once. `suggestion` and `rank` (from 1) name
    the suggestion that the text came from.
    """

    conversation: str
    text: str
    author: str
    key: str
    speaker: Speaker = Speaker.AGENT
    suggestion: str | None = None
    rank: int | None = None
    reply_id: str = ""


@dataclass(frozen=True)
class Sent:
    """A message that is on its way; `duplicate` when its key had been used before."""

    message: Message
    verdict: Verdict
    duplicate: bool = False


class Sender:
    """Checks texts and puts them into the outbox; safe to use from several threads.

    `wake` is called when there is something to deliver; messages wait `undo` before they leave.
    """

    def __init__(
        self,
        database: Database,
        checker: Checker,
        shops: Shops,
        orders: OrderSource,
        wake: Callable[[], None],
        undo: timedelta = timedelta(),
        clock: Clock = utc_now,
        watch: Watch | None = None,
    ) -> None:
        self._database = database
        self._checker = checker
        self._shops = shops
        self._orders = orders
        self._wake = wake
        self._undo = undo
        self._clock = clock
        self._watch = watch or Watch()

    def check(self, conversation: str, text: str) -> Verdict:
        """What the rules say about a text in this conversation as it stands. Raises InputError, ServiceDown."""
        with self._database.reading() as connection:
            talk = _known(connection, conversation)
            lines = messages_of(connection, conversation, LINES)
        shop = self._shops.find(talk.shop)
        facts = facts_of(talk, lines, shop, self._orders, self._clock())
        return self._checker.check(text, shop.platform, facts.inquiry.context, shop)

    def send(self, draft: Draft, keep: Keep | None = None) -> Sent:
        """Check a draft and queue it.

        `keep` is called in the transaction that queues the line, with the shop locked: what it stores is kept with the
        line or not at all, and what it raises stops the line.

        Raises Blocked when a rule stops the line (which is written down), InputError for a text that cannot be sent and
        for an unknown conversation, ServiceDown.
        """
        text = _sendable(draft)
        verdict = self.check(draft.conversation, text)
        now = self._clock()
        with self._database.transaction() as connection:
            talk = _known(connection, draft.conversation)
            lock_shop(connection, talk.shop)
            already = find_external(connection, talk.id, draft.speaker, draft.key)
            if keep is not None and not verdict.blocked:
                keep(connection)
            if already is not None:
                return Sent(already, verdict, duplicate=True)
            if not verdict.blocked:
                message = self._queue(connection, talk, draft, text, verdict)
            else:
                body = {"text": text, "findings": [finding_json(found) for found in verdict.findings]}
                record(connection, talk.shop, now, draft.author, "blocked", body, talk.id)
        if verdict.blocked:
            self._watch.blocked(talk.shop, talk.id, verdict)
            raise Blocked(verdict)
        self._watch.sent(talk.shop, talk.id, draft.speaker)
        self._wake()
        return Sent(message, verdict)

    def _queue(self, connection: Connection, talk: Conversation, draft: Draft, text: str, verdict: Verdict) -> Message:
        now = self._clock()
        offer = find_offer(connection, draft.suggestion, draft.rank, talk.id)
        reply_id = offer.reply_id if offer else draft.reply_id
        message = add_message(connection, talk.id, draft.speaker, text, now, now, draft.key, draft.author, reply_id)
        if message is None:
            raise RuntimeError("a key was used by another line while the shop was locked")
        decision = _decision(draft, offer, text, message.id)
        add_decision(connection, talk.shop, talk.id, decision, now)
        by_hand = draft.speaker is Speaker.AGENT
        if by_hand:
            self._silence(connection, talk)
        queue_message(connection, message.id, talk.shop, talk.id, now + self._undo if by_hand else now)
        body = {"message": message.id, "number": message.number, "text": text, "reply_id": reply_id}
        publish(
            connection,
            talk.shop,
            now,
            "message",
            talk.id,
            {**body, "speaker": draft.speaker.value, "author": draft.author},
        )
        findings = [finding_json(found) for found in verdict.findings]
        written = {**body, "decision": decision.kind.value, "offered": decision.offered, "findings": findings}
        record(connection, talk.shop, now, draft.author, "sent", written, talk.id)
        return message

    def _silence(self, connection: Connection, talk: Conversation) -> None:
        """A person speaks: what was to be said automatically and has not left yet does not leave any more."""
        now = self._clock()
        for message in withdraw_automatic(connection, talk.id, now):
            body = {"message": message, "state": Delivery.WITHDRAWN.value}
            publish(connection, talk.shop, now, "delivery", talk.id, body)
            record(connection, talk.shop, now, "huashu", Delivery.WITHDRAWN.value, body, talk.id)


def _known(connection: Connection, conversation: str) -> Conversation:
    found = get_conversation(connection, conversation)
    if found is None:
        raise InputError("unknown conversation")
    return found


def _sendable(draft: Draft) -> str:
    text = whole_text(draft.text)
    empty = SLOT.findall(text)
    if empty:
        raise InputError(f"the message has unfilled slots: {', '.join(empty)}")
    return text


def _decision(draft: Draft, offer: Offer | None, text: str, message: str) -> Decision:
    if draft.speaker is Speaker.ROBOT:
        return Decision(DecisionKind.AUTOMATIC, draft.author, message=message, reply_id=draft.reply_id)
    if offer is None:
        kind = DecisionKind.SEARCHED if draft.reply_id else DecisionKind.WRITTEN
        return Decision(kind, draft.author, message=message, reply_id=draft.reply_id)
    kind = DecisionKind.APPROVED if offer.text == text else DecisionKind.EDITED
    return Decision(kind, draft.author, offer.suggestion, message, offer.rank, offer.reply_id, offer.text)
