"""The audit: append-only, each entry chained to the one before it by its hash.

hash = sha256(previous hash, shop, number, moment, actor, kind, conversation, digest), and digest = sha256(salt, body).
A body can be erased at a buyer's request: its digest stays and the chain with it, and without the salt nobody can
guess what it was.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from sqlalchemy import Connection, select, update

from desk.storage.tables import audit, shops

_BATCH = 1000


@dataclass(frozen=True)
class Entry:
    """One entry; `body` is None once it was erased. `number` counts from 1 within the shop, without gaps."""

    shop: str
    number: int
    at: datetime
    actor: str
    kind: str
    conversation: str
    body: Mapping[str, Any] | None
    digest: str
    salt: str
    hash: str


@dataclass(frozen=True)
class Break:
    """Where the chain does not hold, and why."""

    shop: str
    number: int
    fault: str


def record(
    connection: Connection,
    shop: str,
    at: datetime,
    actor: str,
    kind: str,
    body: Mapping[str, Any],
    conversation: str = "",
) -> int:
    """Add an entry and give its number. The caller has locked the shop (`lock_shop`)."""
    head = connection.execute(select(shops.c.last_audit, shops.c.audit_hash).where(shops.c.id == shop)).one()
    number, salt = head.last_audit + 1, secrets.token_hex(16)
    digest = _digest(salt, body)
    linked = _link(head.audit_hash, shop, number, at, actor, kind, conversation, digest)
    connection.execute(
        audit.insert().values(
            shop=shop,
            number=number,
            at=at,
            actor=actor,
            kind=kind,
            conversation=conversation or None,
            body=dict(body),
            digest=digest,
            salt=salt,
            hash=linked,
        )
    )
    connection.execute(update(shops).where(shops.c.id == shop).values(last_audit=number, audit_hash=linked))
    return int(number)


def entries(connection: Connection, shop: str, after: int = 0) -> Iterator[Entry]:
    """The entries behind number `after`, in order, read in pieces."""
    while True:
        wanted = select(audit).where(audit.c.shop == shop, audit.c.number > after).order_by(audit.c.number)
        rows = connection.execute(wanted.limit(_BATCH)).all()
        for row in rows:
            yield Entry(
                row.shop,
                row.number,
                row.at,
                row.actor,
                row.kind,
                row.conversation or "",
                row.body,
                row.digest,
                row.salt,
                row.hash,
            )
        if len(rows) < _BATCH:
            return
        after = rows[-1].number


def verify(connection: Connection, shop: str) -> Break | None:
    """The first place where the chain of a shop does not hold, None when all of it does."""
    head = connection.execute(select(shops.c.last_audit, shops.c.audit_hash).where(shops.c.id == shop)).one()
    previous, number = "", 0
    for entry in entries(connection, shop):
        number += 1
        if entry.number != number:
            return Break(shop, number, "an entry is missing")
        if entry.body is not None and _digest(entry.salt, entry.body) != entry.digest:
            return Break(shop, number, "the body is not what was written")
        linked = _link(previous, shop, number, entry.at, entry.actor, entry.kind, entry.conversation, entry.digest)
        if linked != entry.hash:
            return Break(shop, number, "the entry is not what was written")
        previous = linked
    if (number, previous) != (head.last_audit, head.audit_hash):
        return Break(shop, number + 1, "entries at the end are missing")
    return None


def erase(connection: Connection, shop: str, conversation: str) -> int:
    """Take the bodies of a conversation's entries away, and give their number; the chain holds without them."""
    mine = (audit.c.shop == shop) & (audit.c.conversation == conversation) & audit.c.body.is_not(None)
    return connection.execute(update(audit).where(mine).values(body=None, salt="")).rowcount


def _digest(salt: str, body: Mapping[str, Any]) -> str:
    return hashlib.sha256(f"{salt}{_canonical(body)}".encode("utf-8", "surrogatepass")).hexdigest()


def _link(
    previous: str, shop: str, number: int, at: datetime, actor: str, kind: str, conversation: str, digest: str
) -> str:
    moment = at.astimezone(timezone.utc).isoformat(timespec="microseconds")
    return hashlib.sha256(
        _canonical([previous, shop, number, moment, actor, kind, conversation, digest]).encode("utf-8", "surrogatepass")
    ).hexdigest()


def _canonical(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
