"""What is known about a conversation: its lines, its order, and the state that rules look at."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from contracts.context import CONTEXT_KEYS, Context
from contracts.conversation import Conversation, Delivery, Message
from contracts.dialogue import Dialogue
from contracts.errors import ServiceDown
from contracts.shop import Shop
from contracts.turn import Inquiry, Speaker, Turn
from desk.dialogues import inquiry_of
from desk.orders.protocol import OrderSource

LINES = 40
"""Lines that are looked at, the latest."""

_FRESH = timedelta(minutes=60)
"""How long after the buyer's last line a line of the shop still belongs to the same talk."""

_SHOP = (Speaker.AGENT, Speaker.ROBOT)


@dataclass(frozen=True)
class Facts:
    """A conversation ready to be asked about; `note` says what could not be found out."""

    dialogue: Dialogue
    inquiry: Inquiry
    note: str = ""


def facts_of(
    conversation: Conversation, lines: tuple[Message, ...], shop: Shop, orders: OrderSource, now: datetime
) -> Facts:
    """Put a conversation together; a source of orders that is down leaves the order unknown.

    Lines that were taken back were never said. Raises InputError when the buyer has not written yet.
    """
    lines = tuple(line for line in lines if line.delivery is not Delivery.WITHDRAWN)
    known, note = {}, ""
    try:
        known = dict(orders.latest(conversation.shop, conversation.buyer))
    except ServiceDown as down:
        note = f"订单系统没有回应（{down}），需要订单信息的回复不能发送"
    dialogue = Dialogue(
        id=conversation.id,
        platform=shop.platform,
        shop=shop.id,
        turns=tuple(Turn(line.speaker, line.text, line.said_at, line.id) for line in lines),
        order={name: value for name, value in known.items() if name not in CONTEXT_KEYS},
        context={name: value for name, value in known.items() if name in CONTEXT_KEYS},
    )
    inquiry = inquiry_of(dialogue)
    return Facts(dialogue, replace(inquiry, context=_timed(inquiry.context, inquiry.text, lines, now)), note)


def _timed(context: Context, said: str, lines: tuple[Message, ...], now: datetime) -> Context:
    """The state with the buyer's words and how the talk stands at `now`."""
    last = max(place for place, line in enumerate(lines) if line.speaker is Speaker.BUYER)
    since = max(timedelta(), now - lines[last].said_at)
    answered = sum(line.speaker in _SHOP for line in lines[last + 1 :])
    buyer = replace(context.buyer, text=said, minutes_since=since.total_seconds() / 60)
    turn = replace(context.turn, proactive=bool(answered) and since > _FRESH, unanswered_sent=answered)
    return replace(context, now=context.now or now, buyer=buyer, turn=turn)
