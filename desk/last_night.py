"""What a policy would have done with the conversations of the last closed period: nothing is sent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from contracts.context import CONTEXT_KEYS
from contracts.conversation import Conversation, Message
from contracts.dialogue import Dialogue
from contracts.errors import ServiceDown
from contracts.policy import AutoPolicy
from contracts.shop import Shop
from contracts.turn import Speaker, Turn
from desk.clock import Clock, utc_now
from desk.night.first_reply import FirstReply, Outcome
from desk.night.scene import arrived
from desk.orders.protocol import OrderSource
from desk.replay import Place, replay
from desk.shifts import Calendar
from desk.shop_settings import ShopSettings
from desk.shops import Shops
from desk.storage.conversations import messages_between
from desk.storage.database import Database
from desk.storage.listing import count_written_between, written_between

_CONTEXT = timedelta(hours=1)
"""How far back before the closing the lines of a conversation are looked at."""


@dataclass(frozen=True)
class TriedLine:
    """A buyer's line of that night and what would have come of it."""

    at: datetime
    text: str
    outcome: Outcome


@dataclass(frozen=True)
class TriedTalk:
    """A conversation of that night."""

    conversation: Conversation
    lines: tuple[TriedLine, ...]


@dataclass(frozen=True)
class Trial:
    """Some of the conversations of that night; `total` is how many there were, `next` where the next page begins."""

    since: datetime | None
    until: datetime | None
    total: int
    talks: tuple[TriedTalk, ...]
    next: str | None


@dataclass(frozen=True)
class LastNight:
    """Plays stored conversations through the first reply; safe to use from several threads."""

    database: Database
    first_reply: FirstReply
    settings: ShopSettings
    orders: OrderSource
    clock: Clock = utc_now

    def try_policy(self, shop: str, policy: AutoPolicy, after: str, limit: int) -> Trial:
        """The conversations behind `after` (an id, "" for the first), at most `limit`, under a policy.

        Raises InputError for an unknown shop, ServiceDown.
        """
        now = self.clock()
        with self.database.reading() as connection:
            known = replace(self.settings.shop(connection, shop), auto=policy)
            closing = Calendar.of(known).last_closing(now)
            if closing is None:
                return Trial(None, None, 0, (), None)
            since, until = closing[0], min(closing[1] or now, now)
            total = count_written_between(connection, shop, since, until)
            found = written_between(connection, shop, since, until, after, limit + 1)
            lines = {talk.id: messages_between(connection, talk.id, since - _CONTEXT, until) for talk in found[:limit]}
        talks = tuple(self._try(known, talk, lines[talk.id], since) for talk in found[:limit])
        return Trial(since, until, total, talks, found[limit - 1].id if len(found) > limit else None)

    def _try(self, shop: Shop, talk: Conversation, lines: tuple[Message, ...], since: datetime) -> TriedTalk:
        dialogue = self._dialogue(shop, talk, lines)
        played = replay(self.first_reply, Shops({shop.id: shop}), dialogue, Place(talk.id, 1))
        tried = []
        for item in played:
            turn = dialogue.turns[item.turn]
            if item.outcome is not None and turn.at is not None and turn.at >= since:
                tried.append(TriedLine(turn.at, turn.text, item.outcome))
        return TriedTalk(talk, tuple(tried))

    def _dialogue(self, shop: Shop, talk: Conversation, lines: tuple[Message, ...]) -> Dialogue:
        """What people wrote that night; what Huashu said then is left out."""
        try:
            order = dict(self.orders.latest(shop.id, talk.buyer))
        except ServiceDown:
            order = {}
        turns = [
            Turn(line.speaker, line.text, arrived(line))
            for line in lines
            if line.text and line.speaker is not Speaker.SYSTEM and not line.automatic
        ]
        return Dialogue(
            id=talk.id,
            platform=shop.platform,
            shop=shop.id,
            turns=tuple(turns),
            order={name: value for name, value in order.items() if name not in CONTEXT_KEYS},
            context={name: value for name, value in order.items() if name in CONTEXT_KEYS},
        )
