"""How often each rule kept a text of a shop from leaving."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from desk.period import Period
from desk.storage.database import Database
from desk.storage.tallies import blocked_between

MOST_LOOKED_AT = 20_000
"""Stopped texts of a period that are looked at, the latest."""


def stops_by_clause(database: Database, shop: str, period: Period) -> Mapping[str, int]:
    """The rules that stopped texts, by id; a text that broke several counts for each. Raises ServiceDown."""
    with database.reading() as connection:
        stopped = blocked_between(connection, shop, period.since, period.until, MOST_LOOKED_AT)
    return Counter(clause for send in stopped for clause in send.clauses)
