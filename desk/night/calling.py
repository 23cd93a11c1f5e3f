"""Noting that a buyer wrote while nobody was there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from contracts.errors import InputError
from desk.clock import Clock, utc_now
from desk.shifts import Calendar
from desk.shop_settings import ShopSettings
from desk.storage.database import Connection
from desk.storage.nights import call_night


@dataclass(frozen=True)
class NightCall:
    """Puts conversations before the attendants; `wake` is called when there is one."""

    settings: ShopSettings
    wake: Callable[[], None]
    clock: Clock = utc_now

    def note(self, connection: Connection, conversation: str, shop: str) -> bool:
        """Have a conversation answered when its shop is closed at this moment; whether it is."""
        now = self.clock()
        try:
            closed = not Calendar.of(self.settings.shop(connection, shop)).is_open(now)
        except InputError:  # a shop that is no longer there
            return False
        if closed:
            call_night(connection, conversation, shop, now)
        return closed
