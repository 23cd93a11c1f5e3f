"""What stands in the handover book about a conversation."""

from __future__ import annotations

from typing import Any

from contracts.handover import Handover
from contracts.taxonomy import intent_of
from desk.night.talk import Period
from desk.storage.handovers import EntryKind

_BEFORE_BUYING = frozenset({"product", "discount", "coupon", "payment"})
"""Intents of somebody who thinks of buying."""


def entry_of(handover: Handover, period: Period) -> dict[str, Any]:
    """The entry as JSON: what the buyer wants, what was answered, collected and promised, what is to be done."""
    return {
        "urgent": handover.urgent,
        "wants": handover.wants,
        "answered": [{"at": sent.at.isoformat(), "text": sent.text} for sent in period.sent],
        "collected": dict(handover.collected),
        "form": handover.form,
        "asks": list(handover.asks),
        "promises": [
            {"text": promise.text, "due": promise.due.isoformat() if promise.due else None}
            for promise in handover.promises
        ],
    }


def kind_of(period: Period, *, ordered: bool) -> EntryKind:
    """What kind of entry it is; a lead asks about goods and prices and has no order yet."""
    if period.urgent:
        return EntryKind.URGENT
    topics = [want.topic for want in period.wants if "/" in want.topic]
    if topics and not ordered and all(intent_of(topic) in _BEFORE_BUYING for topic in topics):
        return EntryKind.LEAD
    return EntryKind.CUSTOMER
