"""Nights, the books of the shifts, and what shift leaders set."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"

_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    """Add the five tables."""
    op.create_table(
        "nights",
        sa.Column("conversation", sa.String(length=40), nullable=False),
        sa.Column("shop", sa.String(length=200), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", _JSON, nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claimed_by", sa.String(length=200), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["conversation"], ["conversations.id"], name=op.f("fk_nights_conversation")),
        sa.ForeignKeyConstraint(["shop"], ["shops.id"], name=op.f("fk_nights_shop")),
        sa.PrimaryKeyConstraint("conversation", name=op.f("pk_nights")),
    )
    op.create_index("ix_nights_due_at", "nights", ["due_at"], unique=False)
    op.create_table(
        "handovers",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("shop", sa.String(length=200), nullable=False),
        sa.Column("conversation", sa.String(length=40), nullable=False),
        sa.Column("period", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("source", sa.String(length=12), nullable=False),
        sa.Column("entry", _JSON, nullable=False),
        sa.Column("returns_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(length=200), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["conversation"], ["conversations.id"], name=op.f("fk_handovers_conversation")),
        sa.ForeignKeyConstraint(["shop"], ["shops.id"], name=op.f("fk_handovers_shop")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handovers")),
        sa.UniqueConstraint("conversation", "period", "source", name=op.f("uq_handovers_conversation_period_source")),
    )
    op.create_index("ix_handovers_shop_period", "handovers", ["shop", "period"], unique=False)
    op.create_index("ix_handovers_shop_state", "handovers", ["shop", "state"], unique=False)
    op.create_table(
        "shift_ends",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("shop", sa.String(length=200), nullable=False),
        sa.Column("shift", sa.String(length=200), nullable=False),
        sa.Column("agent", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("counts", _JSON, nullable=False),
        sa.ForeignKeyConstraint(["shop"], ["shops.id"], name=op.f("fk_shift_ends_shop")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift_ends")),
    )
    op.create_index("ix_shift_ends_shop_at", "shift_ends", ["shop", "at"], unique=False)
    op.create_table(
        "problems",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("shop", sa.String(length=200), nullable=False),
        sa.Column("conversation", sa.String(length=40), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.String(length=200), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.String(length=200), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["conversation"], ["conversations.id"], name=op.f("fk_problems_conversation")),
        sa.ForeignKeyConstraint(["shop"], ["shops.id"], name=op.f("fk_problems_shop")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_problems")),
    )
    op.create_index("ix_problems_shop_asked_at", "problems", ["shop", "asked_at"], unique=False)
    op.create_table(
        "shop_settings",
        sa.Column("shop", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("value", _JSON, nullable=True),
        sa.Column("changed_by", sa.String(length=200), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["shop"], ["shops.id"], name=op.f("fk_shop_settings_shop")),
        sa.PrimaryKeyConstraint("shop", "kind", name=op.f("pk_shop_settings")),
    )


def downgrade() -> None:
    """Take the five tables away."""
    op.drop_table("shop_settings")
    op.drop_index("ix_problems_shop_asked_at", table_name="problems")
    op.drop_table("problems")
    op.drop_index("ix_shift_ends_shop_at", table_name="shift_ends")
    op.drop_table("shift_ends")
    op.drop_index("ix_handovers_shop_state", table_name="handovers")
    op.drop_index("ix_handovers_shop_period", table_name="handovers")
    op.drop_table("handovers")
    op.drop_index("ix_nights_due_at", table_name="nights")
    op.drop_table("nights")
