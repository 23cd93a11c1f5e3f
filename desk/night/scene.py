"""A stored conversation at the moment at which Huashu looks at it by itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from contracts.conversation import Conversation, Delivery, Message
from contracts.dialogue import Dialogue
from contracts.policy import AutoMode, AutoPolicy
from contracts.shop import Shop
from contracts.turn import Speaker, Turn
from desk.decide import Move
from desk.night.first_reply import FirstReply
from desk.night.record import NightState, read_state
from desk.night.talk import Line, Talk
from desk.night.texts import NOTICE
from desk.shifts import Calendar, Standing
from desk.shop_settings import ShopSettings
from desk.storage.conversations import get_conversation, messages_of
from desk.storage.database import Connection
from desk.storage.nights import Night

_LINES = 200
"""Lines of a conversation that are looked at: what waits to be decided, and what people promised before."""


@dataclass(frozen=True)
class Scene:
    """What is known when a conversation is looked at; `waiting` are the buyer lines to be decided, the oldest first.

    A buyer line is decided when it came while nobody was there, in the closed period that runs now, and no line of the
    shop but Huashu's own stands behind it.
    """

    night: Night
    conversation: Conversation
    shop: Shop
    standing: Standing
    lines: tuple[Message, ...]
    waiting: tuple[Message, ...]

    @property
    def last(self) -> int:
        """The number of the last line."""
        return max([self.night.number, *(line.number for line in self.lines)])

    @property
    def state(self) -> NightState:
        """What the closed period holds so far."""
        return read_state(self.night.state, self.standing.closed_at)

    def talk(self, dialogue: Dialogue, first_reply: FirstReply) -> Talk:
        """The conversation as it stood before the first line that waits; `dialogue` brings its order and context."""
        state, before = self.state, self.waiting[0].number
        talk = Talk(dialogue, self.shop, Calendar.of(self.shop), collected=dict(state.collected), period=state.period)
        for line in self.lines:
            if line.number >= before:
                break
            turn, at = turn_of(line), talk.calendar.local(arrived(line))
            if line.number > self.night.number and _of_others(line):
                first_reply.shop_line(talk, turn, at)
            else:
                move = Move.NOTICE if line.automatic and line.reply_id == NOTICE else None
                talk.lines.append(Line(turn, at, move, chat=line.number in state.chat))
        return talk


def load_scene(connection: Connection, night: Night, settings: ShopSettings, now: datetime, *, may_send: bool) -> Scene:
    """The conversation as it is stored. Raises InputError for a shop that is not there any more."""
    shop = settings.shop(connection, night.shop)
    if not may_send:
        shop = replace(shop, auto=AutoPolicy(AutoMode.OFF))
    conversation = get_conversation(connection, night.conversation)
    if conversation is None:
        raise LookupError("a night without its conversation")
    lines = tuple(
        line
        for line in messages_of(connection, night.conversation, _LINES)
        if line.delivery is not Delivery.WITHDRAWN and line.text
    )
    standing = Calendar.of(shop).at(now)
    return Scene(night, conversation, shop, standing, lines, _waiting(lines, night.number, standing))


def overtaken(connection: Connection, scene: Scene) -> bool:
    """Whether the shop has said something behind the line that was just decided."""
    lines = messages_of(connection, scene.conversation.id, _LINES)
    behind = scene.waiting[0].number
    return any(line.number > behind and _of_others(line) for line in lines if line.delivery is not Delivery.WITHDRAWN)


def turn_of(line: Message) -> Turn:
    """The line as a turn of a dialogue."""
    return Turn(line.speaker, line.text, line.said_at)


def arrived(line: Message) -> datetime:
    """When the line came to the desk: by then somebody was there or not."""
    return line.stored_at or line.said_at


def _waiting(lines: tuple[Message, ...], decided: int, standing: Standing) -> tuple[Message, ...]:
    if standing.open:
        return ()
    spoken = max((line.number for line in lines if _of_others(line)), default=0)
    since = standing.closed_at
    return tuple(
        line
        for line in lines
        if line.speaker is Speaker.BUYER
        and line.number > max(decided, spoken)
        and (since is None or arrived(line) >= since)
    )


def _of_others(line: Message) -> bool:
    """Whether a line is the shop's and not Huashu's own."""
    return line.speaker in (Speaker.AGENT, Speaker.ROBOT) and not line.automatic
