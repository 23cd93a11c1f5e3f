"""Deleting one buyer's data at their request: the audit says that it was done, and its chain holds."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.errors import NotFound
from desk.clock import Clock, utc_now
from desk.storage import ledger
from desk.storage.database import Database
from desk.storage.erasing import conversations_with, erase_conversation, erase_orders
from desk.storage.feed import publish
from desk.storage.shops import lock_shop


@dataclass(frozen=True)
class Erased:
    """How much was erased: conversations, lines, orders, bodies of audit entries."""

    conversations: int = 0
    messages: int = 0
    orders: int = 0
    entries: int = 0

    def __add__(self, other: Erased) -> Erased:
        return Erased(
            self.conversations + other.conversations,
            self.messages + other.messages,
            self.orders + other.orders,
            self.entries + other.entries,
        )

    def __bool__(self) -> bool:
        return self != Erased()


def erase_buyer(database: Database, shop: str, buyer: str, actor: str, clock: Clock = utc_now) -> Erased:
    """Erase what one buyer of a shop said and was told, and their orders, at once and for good.

    Raises NotFound when nothing is known of the buyer, InputError for an unknown shop, ServiceDown.
    """
    now = clock()
    with database.transaction() as connection:
        lock_shop(connection, shop)
        talks = conversations_with(connection, shop, buyer) if buyer.isprintable() else ()
        total = Erased(orders=erase_orders(connection, shop, buyer) if buyer.isprintable() else 0)
        for talk in talks:
            erased = Erased(1, erase_conversation(connection, talk), 0, ledger.erase(connection, shop, talk))
            body = {"messages": erased.messages, "entries": erased.entries}
            ledger.record(connection, shop, now, actor, "erased", body, talk)
            publish(connection, shop, now, "erased", talk, {})
            total += erased
        if not total:
            raise NotFound(f"nothing is known of this buyer in the shop {shop!r}")
        if total.orders:
            ledger.record(connection, shop, now, actor, "orders_erased", {"orders": total.orders})
    return total
