"""Sessions of agents, by the digest of their token."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from desk.storage.tables import sessions


@dataclass(frozen=True)
class StoredSession:
    """A session as it stands; `ends_at` is its end however much it is used."""

    digest: str
    agent: str
    csrf: str
    used_at: datetime
    ends_at: datetime


def add_session(connection: Connection, session: StoredSession) -> None:
    """Store a session that begins now."""
    connection.execute(
        sessions.insert().values(
            digest=session.digest,
            agent=session.agent,
            csrf=session.csrf,
            made_at=session.used_at,
            used_at=session.used_at,
            ends_at=session.ends_at,
        )
    )


def get_session(connection: Connection, digest: str) -> StoredSession | None:
    """The session whose token has this digest, None when there is none."""
    row = connection.execute(select(sessions).where(sessions.c.digest == digest)).first()
    return StoredSession(row.digest, row.agent, row.csrf, row.used_at, row.ends_at) if row is not None else None


def note_use(connection: Connection, digest: str, now: datetime) -> None:
    """Write down that a session is in use."""
    connection.execute(update(sessions).where(sessions.c.digest == digest).values(used_at=now))


def end_session(connection: Connection, digest: str) -> None:
    """Forget a session."""
    connection.execute(delete(sessions).where(sessions.c.digest == digest))


def end_sessions(connection: Connection, agent: str) -> int:
    """Forget all sessions of an agent, and give their number."""
    return connection.execute(delete(sessions).where(sessions.c.agent == agent)).rowcount


def drop_ended(connection: Connection, now: datetime, idle_since: datetime) -> int:
    """Forget sessions that have ended or not been used since a moment, and give their number."""
    over = (sessions.c.ends_at <= now) | (sessions.c.used_at <= idle_since)
    return connection.execute(delete(sessions).where(over)).rowcount
