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

from sqlalchemy import Connection, Row, null, select, update

from contracts.errors import InputError
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


@dataclass(frozen=True)
class Mark:
    """A place in a chain: the number of an entry and its hash."""

    number: int = 0
    hash: str = ""


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
    while piece := entries_after(connection, shop, after):
        yield from piece
        after = piece[-1].number


def entries_after(connection: Connection, shop: str, after: int, limit: int = _BATCH) -> tuple[Entry, ...]:
    """The next entries behind number `after`, in order, at most `limit`."""
    wanted = select(audit).where(audit.c.shop == shop, audit.c.number > after).order_by(audit.c.number)
    return tuple(_entry(row) for row in connection.execute(wanted.limit(limit)))


def head_of(connection: Connection, shop: str) -> Mark:
    """Where the chain of a shop ends now. Raises InputError for an unknown shop."""
    row = connection.execute(select(shops.c.last_audit, shops.c.audit_hash).where(shops.c.id == shop)).first()
    if row is None:
        raise InputError(f"unknown shop {shop!r}")
    return Mark(row.last_audit, row.audit_hash)


def verify(connection: Connection, shop: str) -> Break | None:
    """The first place where the chain of a shop does not hold, None when all of it does. Raises InputError."""
    head, mark = head_of(connection, shop), Mark()
    added = added_entry(connection, shop)
    if added is not None:
        return added
    while mark != head:
        reached = verify_next(connection, shop, mark, head)
        if isinstance(reached, Break):
            return reached
        mark = reached
    return None


def added_entry(connection: Connection, shop: str) -> Break | None:
    """An entry behind the end of the chain, which nobody wrote in the way it is done; None when there is none."""
    end = select(shops.c.last_audit).where(shops.c.id == shop).scalar_subquery()
    behind = select(audit.c.number).where(audit.c.shop == shop, audit.c.number > end)
    number = connection.execute(behind.order_by(audit.c.number).limit(1)).scalar()
    return Break(shop, number, "an entry was added from outside") if number is not None else None


def verify_next(connection: Connection, shop: str, mark: Mark, head: Mark, limit: int = _BATCH) -> Mark | Break:
    """Go on from `mark` by a piece, towards `head`: how far the chain holds, or where it does not."""
    piece = entries_after(connection, shop, mark.number, limit)
    for entry in piece:
        fault = _fault(entry, mark)
        if fault:
            return Break(shop, mark.number + 1, fault)
        mark = Mark(entry.number, entry.hash)
        if mark.number == head.number:
            return mark if mark == head else Break(shop, mark.number, "the entry is not what was written")
    return mark if piece else Break(shop, mark.number + 1, "entries at the end are missing")


def _fault(entry: Entry, before: Mark) -> str:
    """What is wrong with the entry that comes behind a mark, empty when nothing is."""
    if entry.number != before.number + 1:
        return "an entry is missing"
    if entry.body is not None and _digest(entry.salt, entry.body) != entry.digest:
        return "the body is not what was written"
    linked = _link(
        before.hash, entry.shop, entry.number, entry.at, entry.actor, entry.kind, entry.conversation, entry.digest
    )
    return "" if linked == entry.hash else "the entry is not what was written"


def erase(connection: Connection, shop: str, conversation: str) -> int:
    """Take the bodies of a conversation's entries away, and give their number; the chain holds without them."""
    mine = (audit.c.shop == shop) & (audit.c.conversation == conversation) & audit.c.body.is_not(None)
    return connection.execute(update(audit).where(mine).values(body=null(), salt="")).rowcount


def erase_before(connection: Connection, shop: str, before: datetime, limit: int = _BATCH) -> int:
    """Take the bodies of the oldest entries from before a moment away, at most `limit`, and give their number."""
    mine = (audit.c.shop == shop) & (audit.c.at < before) & audit.c.body.is_not(None)
    oldest = select(audit.c.number).where(mine).order_by(audit.c.number).limit(limit)
    these = (audit.c.shop == shop) & audit.c.number.in_(oldest)
    return connection.execute(update(audit).where(these).values(body=null(), salt="")).rowcount


def _entry(row: Row[tuple[object, ...]]) -> Entry:
    return Entry(
        shop=row.shop,
        number=row.number,
        at=row.at,
        actor=row.actor,
        kind=row.kind,
        conversation=row.conversation or "",
        body=row.body,
        digest=row.digest,
        salt=row.salt,
        hash=row.hash,
    )


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
