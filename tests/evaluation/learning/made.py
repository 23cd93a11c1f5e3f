"""Decisions short for tests."""

from __future__ import annotations

from datetime import datetime, timezone

from contracts.conversation import Message
from contracts.turn import Speaker
from desk.decided import Made, Offered
from desk.storage.decisions import DecisionKind

AT = datetime(2026, 11, 20, 2, 0, tzinfo=timezone.utc)
OFFERED = (
    Offered("invoice.issue.yes", "invoice/issue", "可以开的，付款后在订单里申请就好"),
    Offered("invoice.type.both", "invoice/type", "专票普票都能开"),
)


def line(text: str, speaker: Speaker = Speaker.BUYER, number: int = 1) -> Message:
    return Message(f"m{number}", "c1", number, speaker, text, AT)


def made(kind: DecisionKind | None = None, rank: int | None = None, sent: str = "", **more: object) -> Made:
    """What became of two suggestions for a question about invoices; an approved one was sent as it was."""
    text = sent or (OFFERED[rank - 1].text if rank else "")
    values: dict[str, object] = {"id": "s1", "shop": "demo-tmall", "conversation": "c1", "lines": (line("能开发票吗"),)}
    values |= {"offered": OFFERED, "kind": kind, "rank": rank, "sent": text, **more}
    return Made(**values)  # type: ignore[arg-type]
