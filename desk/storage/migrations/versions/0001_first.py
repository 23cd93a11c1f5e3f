"""The first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None

_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    """To this schema from an empty database."""
    op.create_table(
        "agents",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("password", sa.Text(), nullable=False),
        sa.Column("admin", sa.Boolean(), nullable=False),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agents")),
    )
    op.create_table(
        "login_failures",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_failures")),
    )
    op.create_index("ix_login_failures_subject_at", "login_failures", ["subject", "at"], unique=False)
    op.create_table(
        "shops",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("platform", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("last_event", sa.Integer(), nullable=False),
        sa.Column("last_audit", sa.Integer(), nullable=False),
        sa.Column("audit_hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shops")),
    )
    op.create_table(
        "audit",
        sa.Column("shop", sa.String(length=200), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("conversation", sa.String(length=40), nullable=True),
        sa.Column("body", _JSON, nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["shop"], ["shops.id"], name=op.f("fk_audit_shop")),
        sa.PrimaryKeyConstraint("shop", "number", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_conversation"), "audit", ["conversation"], unique=False)
    op.create_table(
        "conversations",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("shop", sa.String(length=200), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("buyer", sa.String(length=200), nullable=False),
        sa.Column("buyer_name", sa.String(length=200), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("waiting_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["shop"], ["shops.id"], name=op.f("fk_conversations_shop")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversations")),
        sa.UniqueConstraint("shop", "channel", "buyer", name=op.f("uq_conversations_shop_channel_buyer")),
    )
    op.create_index("ix_conversations_shop_updated_at", "conversations", ["shop", "updated_at"], unique=False)
    op.create_index("ix_conversations_shop_waiting_since", "conversations", ["shop", "waiting_since"], unique=False)
    op.create_table(
        "events",
        sa.Column("shop", sa.String(length=200), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("conversation", sa.String(length=40), nullable=True),
        sa.Column("body", _JSON, nullable=False),
        sa.ForeignKeyConstraint(["shop"], ["shops.id"], name=op.f("fk_events_shop")),
        sa.PrimaryKeyConstraint("shop", "number", name=op.f("pk_events")),
    )
    op.create_table(
        "memberships",
        sa.Column("agent", sa.String(length=200), nullable=False),
        sa.Column("shop", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["agent"], ["agents.id"], name=op.f("fk_memberships_agent")),
        sa.ForeignKeyConstraint(["shop"], ["shops.id"], name=op.f("fk_memberships_shop")),
        sa.PrimaryKeyConstraint("agent", "shop", name=op.f("pk_memberships")),
    )
    op.create_table(
        "orders",
        sa.Column("shop", sa.String(length=200), nullable=False),
        sa.Column("number", sa.String(length=200), nullable=False),
        sa.Column("buyer", sa.String(length=200), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fields", _JSON, nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["shop"], ["shops.id"], name=op.f("fk_orders_shop")),
        sa.PrimaryKeyConstraint("shop", "number", name=op.f("pk_orders")),
    )
    op.create_index("ix_orders_shop_buyer", "orders", ["shop", "buyer"], unique=False)
    op.create_table(
        "sessions",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("agent", sa.String(length=200), nullable=False),
        sa.Column("csrf", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["agent"], ["agents.id"], name=op.f("fk_sessions_agent")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_sessions")),
    )
    op.create_table(
        "tokens",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("scopes", _JSON, nullable=False),
        sa.Column("shop", sa.String(length=200), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["shop"], ["shops.id"], name=op.f("fk_tokens_shop")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tokens")),
        sa.UniqueConstraint("digest", name=op.f("uq_tokens_digest")),
    )
    op.create_table(
        "messages",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("conversation", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("speaker", sa.String(length=10), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("external_id", sa.String(length=200), nullable=True),
        sa.Column("author", sa.String(length=200), nullable=False),
        sa.Column("reply_id", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["conversation"], ["conversations.id"], name=op.f("fk_messages_conversation")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
        sa.UniqueConstraint(
            "conversation", "speaker", "external_id", name=op.f("uq_messages_conversation_speaker_external_id")
        ),
        sa.UniqueConstraint("conversation", "number", name=op.f("uq_messages_conversation_number")),
    )
    op.create_table(
        "outbox",
        sa.Column("message", sa.String(length=40), nullable=False),
        sa.Column("shop", sa.String(length=200), nullable=False),
        sa.Column("conversation", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("claimed_by", sa.String(length=200), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["conversation"], ["conversations.id"], name=op.f("fk_outbox_conversation")),
        sa.ForeignKeyConstraint(["message"], ["messages.id"], name=op.f("fk_outbox_message")),
        sa.PrimaryKeyConstraint("message", name=op.f("pk_outbox")),
    )
    op.create_index("ix_outbox_conversation_number", "outbox", ["conversation", "number"], unique=False)
    op.create_index("ix_outbox_state_due_at", "outbox", ["state", "due_at"], unique=False)
    op.create_table(
        "suggestions",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("message", sa.String(length=40), nullable=False),
        sa.Column("conversation", sa.String(length=40), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", _JSON, nullable=False),
        sa.ForeignKeyConstraint(["conversation"], ["conversations.id"], name=op.f("fk_suggestions_conversation")),
        sa.ForeignKeyConstraint(["message"], ["messages.id"], name=op.f("fk_suggestions_message")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestions")),
        sa.UniqueConstraint("message", name=op.f("uq_suggestions_message")),
    )
    op.create_index(op.f("ix_suggestions_conversation"), "suggestions", ["conversation"], unique=False)
    op.create_table(
        "demo_window",
        sa.Column("conversation", sa.String(length=40), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("message", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["conversation"], ["conversations.id"], name=op.f("fk_demo_window_conversation")),
        sa.ForeignKeyConstraint(["message"], ["messages.id"], name=op.f("fk_demo_window_message")),
        sa.PrimaryKeyConstraint("conversation", "place", name=op.f("pk_demo_window")),
        sa.UniqueConstraint("message", name=op.f("uq_demo_window_message")),
    )
    op.create_table(
        "unread",
        sa.Column("message", sa.String(length=40), nullable=False),
        sa.Column("shop", sa.String(length=200), nullable=False),
        sa.Column("conversation", sa.String(length=40), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_by", sa.String(length=200), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["message"], ["messages.id"], name=op.f("fk_unread_message")),
        sa.PrimaryKeyConstraint("message", name=op.f("pk_unread")),
    )
    op.create_index(op.f("ix_unread_due_at"), "unread", ["due_at"], unique=False)
    op.create_table(
        "decisions",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("shop", sa.String(length=200), nullable=False),
        sa.Column("conversation", sa.String(length=40), nullable=False),
        sa.Column("suggestion", sa.String(length=40), nullable=True),
        sa.Column("message", sa.String(length=40), nullable=True),
        sa.Column("agent", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("reply_id", sa.String(length=200), nullable=False),
        sa.Column("offered", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["conversation"], ["conversations.id"], name=op.f("fk_decisions_conversation")),
        sa.ForeignKeyConstraint(["message"], ["messages.id"], name=op.f("fk_decisions_message")),
        sa.ForeignKeyConstraint(["suggestion"], ["suggestions.id"], name=op.f("fk_decisions_suggestion")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
    )
    op.create_index(op.f("ix_decisions_conversation"), "decisions", ["conversation"], unique=False)
    op.create_index(op.f("ix_decisions_shop"), "decisions", ["shop"], unique=False)


def downgrade() -> None:
    """Back to an empty database."""
    op.drop_index(op.f("ix_decisions_shop"), table_name="decisions")
    op.drop_index(op.f("ix_decisions_conversation"), table_name="decisions")
    op.drop_table("decisions")
    op.drop_index(op.f("ix_unread_due_at"), table_name="unread")
    op.drop_table("unread")
    op.drop_table("demo_window")
    op.drop_index(op.f("ix_suggestions_conversation"), table_name="suggestions")
    op.drop_table("suggestions")
    op.drop_index("ix_outbox_state_due_at", table_name="outbox")
    op.drop_index("ix_outbox_conversation_number", table_name="outbox")
    op.drop_table("outbox")
    op.drop_table("messages")
    op.drop_table("tokens")
    op.drop_table("sessions")
    op.drop_index("ix_orders_shop_buyer", table_name="orders")
    op.drop_table("orders")
    op.drop_table("memberships")
    op.drop_table("events")
    op.drop_index("ix_conversations_shop_waiting_since", table_name="conversations")
    op.drop_index("ix_conversations_shop_updated_at", table_name="conversations")
    op.drop_table("conversations")
    op.drop_index(op.f("ix_audit_conversation"), table_name="audit")
    op.drop_table("audit")
    op.drop_table("shops")
    op.drop_index("ix_login_failures_subject_at", table_name="login_failures")
    op.drop_table("login_failures")
    op.drop_table("agents")
