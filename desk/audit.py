"""Reading the audit without keeping the shop's writers waiting: a piece at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from contracts.masking import mask_values
from desk.storage.database import Database
from desk.storage.ledger import Break, Entry, Mark, added_entry, entries_after, head_of, verify_next

COLUMNS = ("shop", "number", "at", "actor", "kind", "conversation", "body", "erased", "digest", "hash")


def verify_chain(database: Database, shop: str) -> Mark | Break:
    """Where the chain of a shop ends when all of it holds, or the first place where it does not.

    Raises InputError for an unknown shop, ServiceDown.
    """
    with database.reading() as connection:
        head, mark = head_of(connection, shop), Mark()
        added = added_entry(connection, shop)
    if added is not None:
        return added
    while mark != head:
        with database.reading() as connection:
            reached = verify_next(connection, shop, mark, head)
        if isinstance(reached, Break):
            return reached
        mark = reached
    return mark


def head_number(database: Database, shop: str) -> int:
    """How many entries a shop has. Raises InputError for an unknown shop, ServiceDown."""
    with database.reading() as connection:
        return head_of(connection, shop).number


def read_entries(
    database: Database, shop: str, since: datetime | None = None, until: datetime | None = None
) -> Iterator[Entry]:
    """The entries of a shop from `since` to before `until`, in order. Raises ServiceDown."""
    after = 0
    while True:
        with database.reading() as connection:
            piece = entries_after(connection, shop, after)
        if not piece:
            return
        after = piece[-1].number
        for entry in piece:
            if (since is None or since <= entry.at) and (until is None or entry.at < until):
                yield entry


def entry_json(entry: Entry, *, masked: bool = True) -> dict[str, Any]:
    """An entry as it is exported, its body without personal data unless `masked` is False.

    `hash` covers `digest` and not the body: the chain can be followed in an export, too.
    """
    body: Mapping[str, Any] | None = entry.body
    return {
        "shop": entry.shop,
        "number": entry.number,
        "at": entry.at.isoformat(),
        "actor": entry.actor,
        "kind": entry.kind,
        "conversation": entry.conversation,
        "body": mask_values(body) if masked else body,
        "erased": body is None,
        "digest": entry.digest,
        "hash": entry.hash,
    }


def entry_row(entry: Entry, *, masked: bool = True) -> list[str]:
    """The same as a row of a table: no cell is taken for a formula by the program that opens it."""
    values = entry_json(entry, masked=masked)
    values["body"] = "" if entry.body is None else json.dumps(values["body"], ensure_ascii=False)
    return [_cell(str(values[column])) for column in COLUMNS]


def _cell(text: str) -> str:
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
