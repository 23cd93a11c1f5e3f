"""Tokens by which programs call the API, each for one shop."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from contracts.errors import InputError, NotFound
from contracts.text import clean
from desk.clock import Clock, utc_now
from desk.people.access import Caller, Kind, Role, Scope
from desk.people.secret import digest_of, new_secret
from desk.storage.database import Database
from desk.storage.ledger import record
from desk.storage.shops import lock_shop
from desk.storage.tokens import Token, add_token, all_tokens, end_token, find_token, get_token

_PREFIX = "huashu_"
"""By which a scanner of repositories knows a token that should not be there."""

_LONGEST_NAME = 100


@dataclass(frozen=True)
class NewToken:
    """A token as it is shown, once."""

    token: Token
    secret: str


class Tokens:
    """Makes, finds and ends tokens; safe to use from several threads."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        self._database = database
        self._clock = clock

    def make(self, name: str, shop: str, scopes: Iterable[Scope], actor: str) -> NewToken:
        """Make a token. Raises InputError without a name or a scope and for an unknown shop."""
        name = clean(name, field="name")[:_LONGEST_NAME]
        chosen = tuple(sorted({scope.value for scope in scopes}))
        if not chosen:
            raise InputError("a token needs a scope")
        secret, now = _PREFIX + new_secret(), self._clock()
        with self._database.transaction() as connection:
            lock_shop(connection, shop)
            token = add_token(connection, name, digest_of(secret), shop, chosen, now)
            record(connection, shop, now, actor, "token_made", {"token": token.id, "name": name, "scopes": chosen})
        return NewToken(token, secret)

    def find(self, secret: str) -> Caller | None:
        """The machine that sends this token, None when there is no such token or it was ended."""
        with self._database.reading() as connection:
            token = find_token(connection, digest_of(secret))
        if token is None:
            return None
        scopes = frozenset(scope for scope in Scope if scope.value in token.scopes)
        return Caller(Kind.MACHINE, token.id, shops={token.shop: Role.AGENT}, scopes=scopes)

    def all(self) -> tuple[Token, ...]:
        """Every token there was, the latest first."""
        with self._database.reading() as connection:
            return all_tokens(connection)

    def end(self, token: str, actor: str) -> None:
        """End a token; it makes no difference when it had been ended. Raises NotFound."""
        now = self._clock()
        with self._database.transaction() as connection:
            known = get_token(connection, token) if token.isalnum() else None
            if known is None:
                raise NotFound("unknown token")
            lock_shop(connection, known.shop)
            if end_token(connection, known.id, now):
                record(connection, known.shop, now, actor, "token_ended", {"token": known.id, "name": known.name})
