"""Whether buyers who asked before they paid then paid: told by the orders that the desk keeps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from desk.statistics.figures import Conversion

AFTER_SALES = timedelta(days=30)
"""A buyer who paid for an order so long before they wrote is taken to ask about that order."""

DECIDES_WITHIN = timedelta(days=3)
"""A buyer who pays so long after they first wrote paid because of the answer."""


def conversion(first_lines: Mapping[str, datetime], orders: Iterable[tuple[str, Mapping[str, Any]]]) -> Conversion:
    """Of the conversations with the moment of each one's first line that day, and the orders of their buyers."""
    paid: dict[str, list[datetime]] = {}
    for talk, fields in orders:
        moment = _moment(fields.get("paid_at"))
        if moment is not None:
            paid.setdefault(talk, []).append(moment)
    asked = bought = 0
    for talk, first in first_lines.items():
        moments = paid.get(talk, ())
        if any(first - AFTER_SALES <= moment <= first for moment in moments):
            continue
        asked += 1
        bought += any(first < moment <= first + DECIDES_WITHIN for moment in moments)
    return Conversion(asked, bought)


def _moment(raw: object) -> datetime | None:
    if not isinstance(raw, str):
        return None
    try:
        moment = datetime.fromisoformat(raw)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
