"""Run by Alembic: the migrations on the connection that it was given."""

from __future__ import annotations

from alembic import context

from desk.storage.tables_library import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    compare_type=True,
)
context.run_migrations()
