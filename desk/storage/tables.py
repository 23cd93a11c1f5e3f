"""The tables. What stands in which is told by the modules that read and write them."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from desk.storage.types import Json, Moment

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_ID = String(40)
_NAME = String(200)

shops = Table(
    "shops",
    metadata,
    Column("id", _NAME, primary_key=True),
    Column("platform", String(20), nullable=False),
    Column("name", _NAME, nullable=False),
    Column("last_event", Integer, nullable=False, default=0),
    Column("last_audit", Integer, nullable=False, default=0),
    Column("audit_hash", String(64), nullable=False, default=""),
)
"""One row a shop; whoever writes into a shop locks its row, so that its events and audit entries have one order."""

conversations = Table(
    "conversations",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("shop", _NAME, ForeignKey("shops.id"), nullable=False),
    Column("channel", String(40), nullable=False),
    Column("buyer", _NAME, nullable=False),
    Column("buyer_name", _NAME, nullable=False, default=""),
    Column("opened_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Column("waiting_since", Moment),
    Column("last_number", Integer, nullable=False, default=0),
    UniqueConstraint("shop", "channel", "buyer"),
    Index("ix_conversations_shop_updated_at", "shop", "updated_at"),
    Index("ix_conversations_shop_waiting_since", "shop", "waiting_since"),
)

messages = Table(
    "messages",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("conversation", _ID, ForeignKey("conversations.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("speaker", String(10), nullable=False),
    Column("text", Text, nullable=False),
    Column("said_at", Moment, nullable=False),
    Column("stored_at", Moment, nullable=False),
    Column("external_id", _NAME),
    Column("author", _NAME, nullable=False, default=""),
    Column("reply_id", _NAME, nullable=False, default=""),
    UniqueConstraint("conversation", "number"),
    UniqueConstraint("conversation", "speaker", "external_id"),
    Index("ix_messages_said_at", "said_at"),
)
"""`external_id` is the channel's id of what came in, and the sender's own key of what goes out; unique by speaker."""

unread = Table(
    "unread",
    metadata,
    Column("message", _ID, ForeignKey("messages.id"), primary_key=True),
    Column("shop", _NAME, nullable=False),
    Column("conversation", _ID, nullable=False),
    Column("due_at", Moment, nullable=False, index=True),
    Column("claimed_by", _NAME, nullable=False, default=""),
    Column("tries", Integer, nullable=False, default=0),
)
"""Buyer lines that wait to be understood; a claim is `due_at` moved into the future."""

suggestions = Table(
    "suggestions",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("message", _ID, ForeignKey("messages.id"), nullable=False, unique=True),
    Column("conversation", _ID, ForeignKey("conversations.id"), nullable=False, index=True),
    Column("made_at", Moment, nullable=False, index=True),
    Column("answer", Json, nullable=False),
)

decisions = Table(
    "decisions",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("shop", _NAME, nullable=False, index=True),
    Column("conversation", _ID, ForeignKey("conversations.id"), nullable=False, index=True),
    Column("suggestion", _ID, ForeignKey("suggestions.id")),
    Column("message", _ID, ForeignKey("messages.id")),
    Column("agent", _NAME, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("rank", Integer),
    Column("reply_id", _NAME, nullable=False, default=""),
    Column("offered", Text, nullable=False, default=""),
    Column("reason", Text, nullable=False, default=""),
    Column("at", Moment, nullable=False),
    Index("ix_decisions_shop_at", "shop", "at"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("message", _ID, ForeignKey("messages.id"), primary_key=True),
    Column("shop", _NAME, nullable=False),
    Column("conversation", _ID, ForeignKey("conversations.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("state", String(12), nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("tries", Integer, nullable=False, default=0),
    Column("claimed_by", _NAME, nullable=False, default=""),
    Column("error", Text, nullable=False, default=""),
    Column("done_at", Moment),
    Index("ix_outbox_state_due_at", "state", "due_at"),
    Index("ix_outbox_conversation_number", "conversation", "number"),
)

events = Table(
    "events",
    metadata,
    Column("shop", _NAME, ForeignKey("shops.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("kind", String(30), nullable=False),
    Column("conversation", _ID),
    Column("body", Json, nullable=False),
    PrimaryKeyConstraint("shop", "number"),
)

audit = Table(
    "audit",
    metadata,
    Column("shop", _NAME, ForeignKey("shops.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("actor", _NAME, nullable=False),
    Column("kind", String(30), nullable=False),
    Column("conversation", _ID, index=True),
    Column("body", Json),
    Column("digest", String(64), nullable=False),
    Column("salt", String(32), nullable=False),
    Column("hash", String(64), nullable=False),
    PrimaryKeyConstraint("shop", "number"),
    Index("ix_audit_shop_kind_at", "shop", "kind", "at"),
)
"""`body` may be erased; its salted `digest` stays in the chain."""

orders = Table(
    "orders",
    metadata,
    Column("shop", _NAME, ForeignKey("shops.id"), nullable=False),
    Column("number", _NAME, nullable=False),
    Column("buyer", _NAME, nullable=False, default=""),
    Column("placed_at", Moment),
    Column("fields", Json, nullable=False),
    Column("updated_at", Moment, nullable=False),
    PrimaryKeyConstraint("shop", "number"),
    Index("ix_orders_shop_buyer", "shop", "buyer"),
)

demo_window = Table(
    "demo_window",
    metadata,
    Column("conversation", _ID, ForeignKey("conversations.id"), nullable=False),
    Column("place", Integer, nullable=False),
    Column("message", _ID, ForeignKey("messages.id"), nullable=False, unique=True),
    PrimaryKeyConstraint("conversation", "place"),
)
"""What a buyer of the built-in window sees, in the order in which it appeared there."""

agents = Table(
    "agents",
    metadata,
    Column("id", _NAME, primary_key=True),
    Column("name", _NAME, nullable=False),
    Column("password", Text, nullable=False),
    Column("admin", Boolean, nullable=False, default=False),
    Column("must_change", Boolean, nullable=False, default=False),
    Column("disabled", Boolean, nullable=False, default=False),
    Column("made_at", Moment, nullable=False),
)

memberships = Table(
    "memberships",
    metadata,
    Column("agent", _NAME, ForeignKey("agents.id"), nullable=False),
    Column("shop", _NAME, ForeignKey("shops.id"), nullable=False),
    Column("role", String(12), nullable=False),
    PrimaryKeyConstraint("agent", "shop"),
)

sessions = Table(
    "sessions",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("agent", _NAME, ForeignKey("agents.id"), nullable=False),
    Column("csrf", String(64), nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("used_at", Moment, nullable=False),
    Column("ends_at", Moment, nullable=False),
)

login_failures = Table(
    "login_failures",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("subject", _NAME, nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_login_failures_subject_at", "subject", "at"),
)

tokens = Table(
    "tokens",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("name", _NAME, nullable=False),
    Column("digest", String(64), nullable=False, unique=True),
    Column("scopes", Json, nullable=False),
    Column("shop", _NAME, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("ended_at", Moment),
    ForeignKeyConstraint(["shop"], ["shops.id"]),
)
