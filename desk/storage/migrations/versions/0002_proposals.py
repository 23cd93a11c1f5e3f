"""What was offered, proposals for the library, and the indexes that statistics read by."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002_proposals"
down_revision = "0001"

_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
_PART = 500


def upgrade() -> None:
    """Add the two tables, count what was offered before, and add the indexes."""
    _offers()
    _proposals()
    op.create_index("ix_messages_said_at", "messages", ["said_at"])
    op.create_index("ix_suggestions_made_at", "suggestions", ["made_at"])
    op.create_index("ix_decisions_shop_at", "decisions", ["shop", "at"])
    op.create_index("ix_audit_shop_kind_at", "audit", ["shop", "kind", "at"])
    _count_offers()


def _offers() -> None:
    op.create_table(
        "offers",
        sa.Column("suggestion", sa.String(length=40), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("shop", sa.String(length=200), nullable=False),
        sa.Column("reply_id", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["shop"], ["shops.id"], name=op.f("fk_offers_shop")),
        sa.PrimaryKeyConstraint("suggestion", "rank", name=op.f("pk_offers")),
    )
    op.create_index("ix_offers_shop_at", "offers", ["shop", "at"])


def _proposals() -> None:
    op.create_table(
        "proposals",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("shop", sa.String(length=200), nullable=False),
        sa.Column("reply_id", sa.String(length=200), nullable=False),
        sa.Column("topic", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("questions", _JSON, nullable=False),
        sa.Column("conditions", _JSON, nullable=False),
        sa.Column("lines", _JSON, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("made_by", sa.String(length=200), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(length=200), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["shop"], ["shops.id"], name=op.f("fk_proposals_shop")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals")),
    )
    op.create_index("ix_proposals_shop_made_at", "proposals", ["shop", "made_at"])


def _count_offers() -> None:
    """Rows for the suggestions that were stored before there was this table."""
    connection = op.get_bind()
    kept = sa.table("suggestions", sa.column("id"), sa.column("conversation"), sa.column("answer", _JSON))
    talks = sa.table("conversations", sa.column("id"), sa.column("shop"))
    moment = sa.column("made_at", sa.DateTime(timezone=True))
    offers = sa.table(
        "offers",
        *(sa.column(name) for name in ("suggestion", "rank", "shop", "reply_id")),
        sa.column("at", sa.DateTime(timezone=True)),
    )
    joined = sa.select(kept.c.id, talks.c.shop, kept.c.answer, moment).join(talks, talks.c.id == kept.c.conversation)
    last = ""
    while rows := connection.execute(joined.where(kept.c.id > last).order_by(kept.c.id).limit(_PART)).all():
        last = rows[-1].id
        values = [
            {"suggestion": row.id, "rank": rank, "shop": row.shop, "reply_id": item["reply_id"], "at": row.made_at}
            for row in rows
            for rank, item in enumerate(row.answer["suggestions"], 1)
        ]
        if values:
            connection.execute(offers.insert(), values)
