"""How often automatic answers are right, by how sure they have to be: labelled dialogues with the shop closed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone

from contracts.answer import Answer, Route
from contracts.dialogue import Dialogue
from contracts.errors import InputError
from contracts.hours import Hours
from contracts.shop import Shop
from contracts.turn import Inquiry, Speaker, Turn
from desk.night.aids import Aids
from desk.night.first_reply import FirstReply
from desk.night.talk import Talk
from desk.replay import shop_of
from desk.settings import SuggestSettings
from desk.shifts import Calendar
from desk.shops import Shops
from desk.suggest import Parts, Suggests

NIGHT = datetime(2026, 11, 20, 1, 0, tzinfo=timezone(timedelta(hours=8)))
"""When the last line of every dialogue is said; the lines before it an hour earlier."""

_FIXED = ("night.", "form.")


@dataclass(frozen=True)
class Point:
    """What came of all messages at one pair of thresholds; `asked` got a form's question."""

    send: float
    near: float
    messages: int
    answered: int
    right: int
    asked: int

    @property
    def share(self) -> float:
        """Share of the messages that got an answer of the library."""
        return self.answered / self.messages if self.messages else 0.0

    @property
    def precision(self) -> float | None:
        """Share of the answers that are right, None without answers."""
        return self.right / self.answered if self.answered else None


class Remembering(Suggests):
    """Gives a suggester's answers, each worked out once, under other limits for sending."""

    def __init__(self, suggester: Suggests, known: dict[tuple[object, ...], Answer], limits: SuggestSettings) -> None:
        self._suggester = suggester
        self._known = known
        self._parts = replace(suggester.parts, limits=limits)

    @property
    def parts(self) -> Parts:
        return self._parts

    def suggest(self, inquiry: Inquiry, shop: Shop | None = None, k: int = 3) -> Answer:
        key = (inquiry.text, inquiry.platform, inquiry.previous_buyer, inquiry.previous_agent, inquiry.opens_at, k)
        if key not in self._known:
            self._known[key] = self._suggester.suggest(inquiry, shop, k)
        return self._known[key]


def last_message(dialogue: Dialogue) -> Dialogue:
    """The dialogue up to its last buyer line, at night. Raises InputError when that line has no labels."""
    last = dialogue.last_buyer_index()
    if last is None or not dialogue.turns[last].topics:
        raise InputError(f"dialogue {dialogue.id!r}: the last buyer turn has no topics")
    before = [replace(turn, at=NIGHT - timedelta(hours=1)) for turn in dialogue.turns[:last]]
    return replace(dialogue, turns=(*before, replace(dialogue.turns[last], at=NIGHT)))


def curve(
    aids: Aids, shops: Shops, dialogues: Sequence[Dialogue], pairs: Iterable[tuple[float, float]]
) -> Iterator[tuple[Point, ...]]:
    """The points of all pairs (send, near) as they stand after each dialogue.

    Each has the facts and the policy of its own shop, which is closed. Raises InputError for an unknown shop.
    """
    known: dict[tuple[object, ...], Answer] = {}
    limits = aids.suggester.parts.limits
    points = [Point(send, near, 0, 0, 0, 0) for send, near in pairs]
    players = [_player(aids, known, limits, point) for point in points]
    for dialogue in dialogues:
        known.clear()
        closed = replace(shop_of(shops, dialogue), hours=Hours(()))
        points = [_counted(point, player, dialogue, closed) for point, player in zip(points, players, strict=True)]
        yield tuple(points)


def _player(aids: Aids, known: dict[tuple[object, ...], Answer], limits: SuggestSettings, point: Point) -> FirstReply:
    chosen = limits.model_copy(update={"send": point.send, "near": point.near})
    return FirstReply(replace(aids, suggester=Remembering(aids.suggester, known, chosen)))


def _counted(point: Point, first_reply: FirstReply, dialogue: Dialogue, shop: Shop) -> Point:
    talk = Talk(dialogue, shop, Calendar.of(shop))
    *before, last = dialogue.turns
    for turn in before:
        if turn.speaker is not Speaker.SYSTEM:
            talk.heard(replace(turn, message_id=None), turn.at or NIGHT)
    outcome = first_reply.buyer_line(talk, last, last.at or NIGHT)
    point = replace(point, messages=point.messages + 1)
    if outcome.route is not Route.AUTO or outcome.sends is None:
        return point
    replies = outcome.sends.reply_id.split("+")
    if replies[0].startswith(_FIXED):
        return replace(point, asked=point.asked + 1)
    right = _right(first_reply, replies, last)
    return replace(point, answered=point.answered + 1, right=point.right + right)


def _right(first_reply: FirstReply, replies: Sequence[str], turn: Turn) -> bool:
    """Whether every reply is filed under a topic that the line was labelled with."""
    return all(first_reply.topic_of(reply) in turn.topics for reply in replies)
