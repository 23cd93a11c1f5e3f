"""Answering by itself while nobody is there: one buyer line after another, each decided once and answered at most once.

The decision, its text, the handover entry and how far the conversation has come are kept in one transaction: a process
may die at any moment, and two may try at once.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone

from contracts.answer import Route
from contracts.conversation import AUTOMATIC
from contracts.errors import InputError
from contracts.turn import Speaker
from desk.clock import Clock, utc_now
from desk.facts import facts_of
from desk.handover import entry_of, kind_of
from desk.night.first_reply import FirstReply, Outcome
from desk.night.record import NightState, state_json
from desk.night.scene import Scene, arrived, load_scene, overtaken, turn_of
from desk.night.talk import Period, Talk
from desk.night.texts import NOTICE
from desk.orders.protocol import OrderSource
from desk.send import Blocked, Draft, Sender
from desk.settings import NightSettings
from desk.shop_settings import ShopSettings
from desk.storage.database import Connection, Database
from desk.storage.feed import publish
from desk.storage.handovers import Place, put_entry
from desk.storage.ledger import record
from desk.storage.nights import Night, claim_night, holds_night, keep_night, night_due, postpone_night, rest_night
from desk.storage.shops import lock_shop
from desk.watch import Watch

_LOG = logging.getLogger("huashu.desk")
_LEASE = timedelta(seconds=10)
_AFTER_FAILURE = timedelta(milliseconds=300)
_TRIES = 2
"""Attempts at reading a line; then it gets what its wording alone asks for."""

_FAULT = "自动应答出错"


class _Overtaken(Exception):
    """The conversation went on while the answer was made."""


@dataclass(frozen=True)
class Attendant:
    """Looks after conversations one by one; `holder` tells this worker's claims from those of others."""

    database: Database
    first_reply: FirstReply
    settings: ShopSettings
    orders: OrderSource
    sender: Sender
    limits: NightSettings
    holder: str
    clock: Clock = utc_now
    watch: Watch = field(default_factory=Watch)

    def step(self) -> bool:
        """Decide one line; False when no conversation waits."""
        now = self.clock()
        with self.database.reading() as connection:  # who finds none keeps no writer waiting
            if not night_due(connection, now):
                return False
        with self.database.transaction(lasting=False) as connection:
            night = claim_night(connection, now, self.holder, _LEASE)
            if night is None:
                return False
            scene = self._scene(connection, night, now)
        if scene is not None:
            try:
                self._attend(scene, now)
            except Exception:
                with self.database.transaction() as connection:
                    postpone_night(connection, night, self.holder, self.clock() + _AFTER_FAILURE * night.tries)
                raise
        return True

    def _scene(self, connection: Connection, night: Night, now: datetime) -> Scene | None:
        """The conversation; None, and laid to rest, when no line waits in it."""
        try:
            scene = load_scene(connection, night, self.settings, now, may_send=self.limits.send)
        except InputError:  # a shop that is no longer there
            scene = None
        if scene is None or not scene.waiting:
            rest_night(connection, night, self.holder, None)
            return None
        return scene

    def _attend(self, scene: Scene, now: datetime, barred: str = "") -> None:
        """Decide the first line that waits; the text with the id `barred` was stopped on its way out."""
        facts = facts_of(scene.conversation, scene.lines, scene.shop, self.orders, now)
        talk = scene.talk(facts.dialogue, self.first_reply)
        line, state = scene.waiting[0], scene.state
        first = state.held_since or arrived(line)
        latest = first + timedelta(seconds=self.limits.notice_most_seconds)
        more = len(scene.waiting) > 1 and now < latest
        fault = _FAULT if scene.night.tries > _TRIES else ""
        outcome = self.first_reply.buyer_line(talk, turn_of(line), arrived(line), more=more, fault=fault, barred=barred)
        notice = outcome.sends is not None and outcome.sends.reply_id == NOTICE
        if len(scene.waiting) == 1 and notice and not barred:
            until = min(latest, arrived(line) + timedelta(seconds=self.limits.notice_seconds))
            if now < until:
                with self.database.transaction() as connection:
                    rest_night(connection, scene.night, self.holder, until)
                return
        held = first if more and outcome.sends is None and outcome.route is Route.HOLD else None
        chat = state.chat | {line.number} if _was_chat(talk) else state.chat
        after = NightState(talk.period or state.period, talk.collected, chat, held)
        try:
            self._keep(scene, talk, outcome, after, last=bool(barred))
        except Blocked as blocked:
            _LOG.warning("an automatic text was stopped: %s", blocked)
            self._attend(scene, now, outcome.sends.reply_id if outcome.sends else "")

    def _keep(self, scene: Scene, talk: Talk, outcome: Outcome, after: NightState, *, last: bool) -> None:
        """Store the decision and send its text, both or neither.

        Raises Blocked when the rules stop the text; when it is the `last` that is tried, nothing is said instead.
        """
        keep = self._keeper(scene, talk, outcome, after)
        try:
            if outcome.sends is None:
                self._store(scene, keep)
            else:
                draft = Draft(
                    conversation=scene.conversation.id,
                    text=outcome.sends.text,
                    author=AUTOMATIC,
                    key=f"auto/{scene.waiting[0].id}",
                    speaker=Speaker.ROBOT,
                    reply_id=outcome.sends.reply_id[:200],
                )
                try:
                    self.sender.send(draft, keep)
                except Blocked as blocked:
                    if not last:
                        raise
                    _LOG.warning("an automatic text was stopped: %s", blocked)
                    outcome, after = _unsaid(outcome, after, scene.state.period)
                    self._store(scene, self._keeper(scene, talk, outcome, after))
        except _Overtaken:
            with self.database.transaction() as connection:
                rest_night(connection, scene.night, self.holder, self.clock())
            return
        waited = (self.clock() - arrived(scene.waiting[0])).total_seconds()
        self.watch.decided(scene.shop.id, scene.conversation.id, outcome.route, waited)

    def _store(self, scene: Scene, keep: Callable[[Connection], None]) -> None:
        with self.database.transaction() as connection:
            lock_shop(connection, scene.shop.id)
            keep(connection)

    def _keeper(self, scene: Scene, talk: Talk, outcome: Outcome, after: NightState) -> Callable[[Connection], None]:
        """What is stored with the decision; it raises _Overtaken when the decision does not stand any more."""
        line, shop, name = scene.waiting[0], scene.shop.id, scene.conversation.id

        def keep(connection: Connection) -> None:
            now = self.clock()
            if not holds_night(connection, scene.night, self.holder) or overtaken(connection, scene):
                raise _Overtaken
            if outcome.sends is not None and self._changed(connection, scene, now):
                raise _Overtaken
            keep_night(connection, name, line.number, state_json(after), now)
            body = {"message": line.id, "route": outcome.route.value, "reason": outcome.reason}
            record(connection, shop, now, AUTOMATIC, "decided", body, name)
            if outcome.handover is None:
                return
            since = scene.standing.closed_at
            place = Place(shop, name, since.astimezone(timezone.utc).isoformat() if since else "")
            kind = kind_of(after.period, ordered=bool(talk.dialogue.order))
            entry = put_entry(
                connection, place, kind, entry_of(outcome.handover, after.period), outcome.handover.returns_at, now
            )
            publish(connection, shop, now, "handover", name, {"entry": entry, "kind": kind.value, "message": line.id})

        return keep

    def _changed(self, connection: Connection, scene: Scene, now: datetime) -> bool:
        """Whether the shop's hours or policy are not those any more that the decision was made under."""
        fresh = load_scene(connection, scene.night, self.settings, now, may_send=self.limits.send)
        return fresh.shop != scene.shop or fresh.standing.closed_at != scene.standing.closed_at


def _unsaid(outcome: Outcome, after: NightState, before: Period) -> tuple[Outcome, NightState]:
    """The same without the text, which did not leave: nothing of it counts as said, known or promised."""
    period = replace(
        after.period, sent=before.sent, noticed=before.noticed, calmed=before.calmed, promises=before.promises
    )
    new = set(after.period.promises) - set(before.promises)
    handover = outcome.handover
    if handover is not None:
        handover = replace(handover, promises=tuple(promise for promise in handover.promises if promise not in new))
    reason = f"{outcome.reason}；但没有通过规则检查，没有发出"
    held = replace(outcome, route=Route.HOLD, reason=reason, sends=None, handover=handover)
    return held, replace(after, period=period)


def _was_chat(talk: Talk) -> bool:
    """Whether the line that was just decided was a greeting or small talk."""
    return next(line.chat for line in reversed(talk.lines) if line.turn.speaker is Speaker.BUYER)
