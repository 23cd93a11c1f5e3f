"""Tokens of machines, by the digest of what the machine sends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, select, update

from desk.storage.conversations import new_id
from desk.storage.tables import tokens


@dataclass(frozen=True)
class Token:
    """What is known of a token; the token itself is not kept. `ended_at` is None while it is good."""

    id: str
    name: str
    shop: str
    scopes: tuple[str, ...]
    made_at: datetime
    ended_at: datetime | None = None


def add_token(
    connection: Connection, name: str, digest: str, shop: str, scopes: tuple[str, ...], now: datetime
) -> Token:
    """Store the digest of a new token."""
    token = Token(new_id(), name, shop, scopes, now)
    connection.execute(
        tokens.insert().values(id=token.id, name=name, digest=digest, scopes=list(scopes), shop=shop, made_at=now)
    )
    return token


def get_token(connection: Connection, token: str) -> Token | None:
    """The token with this id, None when there is none."""
    row = connection.execute(select(tokens).where(tokens.c.id == token)).first()
    return _token(row) if row is not None else None


def find_token(connection: Connection, digest: str) -> Token | None:
    """The token with this digest, None when there is none or it was ended."""
    row = connection.execute(select(tokens).where(tokens.c.digest == digest, tokens.c.ended_at.is_(None))).first()
    return _token(row) if row is not None else None


def all_tokens(connection: Connection) -> tuple[Token, ...]:
    """Every token, the latest first."""
    rows = connection.execute(select(tokens).order_by(tokens.c.made_at.desc(), tokens.c.id))
    return tuple(_token(row) for row in rows)


def end_token(connection: Connection, token: str, now: datetime) -> bool:
    """End a token; False when it had been ended before."""
    good = (tokens.c.id == token) & tokens.c.ended_at.is_(None)
    return connection.execute(update(tokens).where(good).values(ended_at=now)).rowcount == 1


def _token(row: Row[tuple[object, ...]]) -> Token:
    return Token(row.id, row.name, row.shop, tuple(row.scopes), row.made_at, row.ended_at)
