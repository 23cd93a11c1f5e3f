"""The tables of the hours in which nobody is there, and of the books that shifts hand to each other."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, String, Table, Text, UniqueConstraint

from desk.storage.tables import metadata
from desk.storage.types import Json, Moment

_ID = String(40)
_NAME = String(200)

nights = Table(
    "nights",
    metadata,
    Column("conversation", _ID, ForeignKey("conversations.id"), primary_key=True),
    Column("shop", _NAME, ForeignKey("shops.id"), nullable=False),
    Column("number", Integer, nullable=False, default=0),
    Column("state", Json, nullable=False),
    Column("due_at", Moment),
    Column("claimed_by", _NAME, nullable=False, default=""),
    Column("tries", Integer, nullable=False, default=0),
    Column("updated_at", Moment, nullable=False),
    Index("ix_nights_due_at", "due_at"),
)
"""How far each conversation was answered without people: `number` is the last line that was decided, `state` what the
closed period holds. `due_at` is null when nothing waits; a claim moves it into the future."""

handovers = Table(
    "handovers",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("shop", _NAME, ForeignKey("shops.id"), nullable=False),
    Column("conversation", _ID, ForeignKey("conversations.id"), nullable=False),
    Column("period", String(40), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("source", String(12), nullable=False),
    Column("entry", Json, nullable=False),
    Column("returns_at", Moment),
    Column("state", String(12), nullable=False),
    Column("note", Text, nullable=False, default=""),
    Column("made_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Column("changed_by", _NAME, nullable=False, default=""),
    Column("changed_at", Moment),
    UniqueConstraint("conversation", "period", "source"),
    Index("ix_handovers_shop_period", "shop", "period"),
    Index("ix_handovers_shop_state", "shop", "state"),
)
"""One row a conversation and closed period from the desk (`source` desk), and one from the agents' form (`shift`).

`period` is the ISO time in UTC at which the closed period began, "" when the shop never opens."""

shift_ends = Table(
    "shift_ends",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("shop", _NAME, ForeignKey("shops.id"), nullable=False),
    Column("shift", _NAME, nullable=False),
    Column("agent", _NAME, nullable=False),
    Column("at", Moment, nullable=False),
    Column("note", Text, nullable=False, default=""),
    Column("counts", Json, nullable=False),
    Index("ix_shift_ends_shop_at", "shop", "at"),
)

problems = Table(
    "problems",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("shop", _NAME, ForeignKey("shops.id"), nullable=False),
    Column("conversation", _ID, ForeignKey("conversations.id")),
    Column("text", Text, nullable=False),
    Column("asked_by", _NAME, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("answer", Text, nullable=False, default=""),
    Column("answered_by", _NAME, nullable=False, default=""),
    Column("answered_at", Moment),
    Index("ix_problems_shop_asked_at", "shop", "asked_at"),
)

shop_settings = Table(
    "shop_settings",
    metadata,
    Column("shop", _NAME, ForeignKey("shops.id"), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("version", Integer, nullable=False),
    Column("value", Json),
    Column("changed_by", _NAME, nullable=False),
    Column("changed_at", Moment, nullable=False),
    PrimaryKeyConstraint("shop", "kind"),
)
"""What shift leaders have set over their shop's file: `hours` or `auto`; a null value is the file's again."""
