"""The tables of the library's owner: what was offered, and what agents propose to add."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, String, Table, Text

from desk.storage.tables import metadata
from desk.storage.types import Json, Moment

__all__ = ["metadata", "offers", "proposals"]

_ID = String(40)
_NAME = String(200)

offers = Table(
    "offers",
    metadata,
    Column("suggestion", _ID, nullable=False),
    Column("rank", Integer, nullable=False),
    Column("shop", _NAME, ForeignKey("shops.id"), nullable=False),
    Column("reply_id", _NAME, nullable=False),
    Column("at", Moment, nullable=False),
    PrimaryKeyConstraint("suggestion", "rank"),
    Index("ix_offers_shop_at", "shop", "at"),
)
"""Which reply was shown at which rank (from 1): a count that outlives the texts of an erased conversation."""

proposals = Table(
    "proposals",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("shop", _NAME, ForeignKey("shops.id"), nullable=False),
    Column("reply_id", _NAME, nullable=False),
    Column("topic", _NAME, nullable=False),
    Column("text", Text, nullable=False),
    Column("questions", Json, nullable=False),
    Column("conditions", Json, nullable=False),
    Column("lines", Json, nullable=False),
    Column("state", String(10), nullable=False),
    Column("made_by", _NAME, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("decided_by", _NAME, nullable=False, default=""),
    Column("decided_at", Moment),
    Column("note", Text, nullable=False, default=""),
    Index("ix_proposals_shop_made_at", "shop", "made_at"),
)
"""Replies that somebody wrote for questions without one; `lines` are the ids of the buyers' lines they answer."""
