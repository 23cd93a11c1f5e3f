"""Failed logins, by what they were tried with and where they came from; every process sees the same ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, func, select

from desk.storage.tables import login_failures


def lock_subjects(connection: Connection, subjects: Sequence[str]) -> None:
    """Keep other logins of these subjects waiting until the transaction ends; SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        for subject in subjects:
            connection.execute(select(func.pg_advisory_xact_lock(7204, func.hashtext(subject))))


def add_failure(connection: Connection, subject: str, now: datetime) -> None:
    """Note a failed login."""
    connection.execute(login_failures.insert().values(subject=subject, at=now))


def latest_failures(connection: Connection, subject: str, limit: int) -> tuple[datetime, ...]:
    """When the last failed logins were, the latest first."""
    mine = select(login_failures.c.at).where(login_failures.c.subject == subject)
    return tuple(connection.scalars(mine.order_by(login_failures.c.at.desc()).limit(limit)))


def forget_failures(connection: Connection, subject: str) -> None:
    """Forget the failed logins of a subject."""
    connection.execute(delete(login_failures).where(login_failures.c.subject == subject))


def drop_failures(connection: Connection, before: datetime) -> int:
    """Forget failed logins from before a moment, and give their number."""
    return connection.execute(delete(login_failures).where(login_failures.c.at < before)).rowcount
