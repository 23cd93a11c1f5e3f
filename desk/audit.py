"""Reading the audit without keeping the shop's writers waiting: a piece at a time."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from contracts.masking import mask_values
from desk.storage.database import Database
from desk.storage.ledger import Break, Entry, Mark, added_entry, entries_after, head_of, record, verify_next
from desk.storage.shops import lock_shop

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


@dataclass(frozen=True)
class Span:
    """From `since` to before `until`; None is without end."""

    since: datetime | None = None
    until: datetime | None = None

    def holds(self, moment: datetime) -> bool:
        """Whether a moment lies in it."""
        return (self.since is None or self.since <= moment) and (self.until is None or moment < self.until)


@dataclass(frozen=True)
class Export:
    """What is taken out: the entries of a shop up to number `last` that lie in a span of time."""

    shop: str
    last: int
    span: Span = Span()

    @classmethod
    def begin(
        cls, database: Database, shop: str, span: Span, actor: str, now: datetime, *, masked: bool = True
    ) -> Export:
        """All that there is now. That it is taken out becomes an entry first, and is not part of it.

        Raises InputError for an unknown shop, ServiceDown.
        """
        since, until = (moment.isoformat() if moment else None for moment in (span.since, span.until))
        with database.transaction() as connection:
            lock_shop(connection, shop)
            last = head_of(connection, shop).number
            record(connection, shop, now, actor, "exported", {"masked": masked, "from": since, "to": until})
        return cls(shop, last, span)

    def entries(self, database: Database) -> Iterator[Entry]:
        """The entries, in order, read in pieces. Raises ServiceDown."""
        after = 0
        while after < self.last:
            with database.reading() as connection:
                piece = entries_after(connection, self.shop, after)
            if not piece:
                return
            after = piece[-1].number
            yield from (entry for entry in piece if entry.number <= self.last and self.span.holds(entry.at))


def write_entries(entries: Iterable[Entry], form: str, *, masked: bool) -> Iterator[str]:
    """Entries as the lines of a file, each with its end; `form` is `csv` (with a head) or `jsonl`.

    What UTF-8 cannot hold is escaped.
    """
    if form == "csv":
        yield _csv(COLUMNS)
    for entry in entries:
        line = (
            _csv(entry_row(entry, masked=masked))
            if form == "csv"
            else json.dumps(entry_json(entry, masked=masked), ensure_ascii=False) + "\n"
        )
        yield line.encode("utf-8", "backslashreplace").decode("utf-8")


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


def _csv(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue()
