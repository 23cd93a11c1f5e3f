"""Erasing what has been kept for long enough."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from desk.clock import Clock, utc_now
from desk.erasure import Erased
from desk.storage.agents import all_shops
from desk.storage.database import Database
from desk.storage.erasing import erase_lines, erase_orders_before, forget_buyers_before, lines_before
from desk.storage.feed import forget_events
from desk.storage.handovers import erase_entries_before, strip_collected_before
from desk.storage.ledger import erase_before, record
from desk.storage.nights import forget_nights_before
from desk.storage.shift_books import erase_shift_books_before
from desk.storage.shops import lock_shop


@dataclass(frozen=True)
class Retention:
    """Erases texts, orders, events, audit bodies and the shifts' books that are older than `keep`, and what buyers'
    forms collected when it is older than `keep_forms`; `run` is called once a day.

    Several processes may do it at once, and it may be cut off anywhere: the next run goes on.
    """

    database: Database
    keep: timedelta
    keep_forms: timedelta
    clock: Clock = utc_now

    def run(self) -> Erased:
        """Erase what is too old, in pieces, so that nobody waits long for a shop. Raises ServiceDown."""
        before = self.clock() - self.keep
        with self.database.reading() as connection:
            shops = all_shops(connection)
        total = Erased()
        for shop in shops:
            self._forms(shop)
            erased = self._run(shop, before)
            if erased:
                with self.database.transaction() as connection:
                    lock_shop(connection, shop)
                    body = {"before": before.isoformat(), **asdict(erased)}
                    record(connection, shop, self.clock(), "huashu", "kept_long_enough", body)
            total += erased
        return total

    def _forms(self, shop: str) -> None:
        """What forms collected, and how far nights came that are long over."""
        before = self.clock() - self.keep_forms
        with self.database.transaction() as connection:
            lock_shop(connection, shop)
            stripped = strip_collected_before(connection, shop, before)
            while forget_nights_before(connection, shop, before):
                pass
            if stripped:
                body = {"before": before.isoformat(), "forms": stripped}
                record(connection, shop, self.clock(), "huashu", "forms_erased", body)

    def _run(self, shop: str, before: datetime) -> Erased:
        total = Erased()
        while True:
            with self.database.transaction() as connection:
                lock_shop(connection, shop)
                lines = lines_before(connection, shop, before)
                erase_lines(connection, lines)
                erased = Erased(
                    forget_buyers_before(connection, shop, before),
                    len(lines),
                    erase_orders_before(connection, shop, before),
                    erase_before(connection, shop, before),
                )
                forget_events(connection, shop, before)
                erase_entries_before(connection, shop, before)
                erase_shift_books_before(connection, shop, before)
            if not erased:
                return total
            total += erased
