"""The shops as the database knows them, and the lock that gives everything in a shop one order."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select, update

from contracts.errors import InputError
from contracts.shop import Shop
from desk.storage.tables import shops


def note_shops(connection: Connection, known: Iterable[Shop]) -> None:
    """Add shops that are new and bring platform and name of the others up to date; none is ever taken away."""
    stored = set(connection.scalars(select(shops.c.id)))
    for shop in known:
        values = {"platform": shop.platform.value, "name": shop.name}
        if shop.id in stored:
            connection.execute(update(shops).where(shops.c.id == shop.id).values(values))
        else:
            connection.execute(shops.insert().values(id=shop.id, **values))


def lock_shop(connection: Connection, shop: str) -> None:
    """Keep other writers of this shop waiting until the transaction ends. Raises InputError for an unknown shop."""
    mine = select(shops.c.id).where(shops.c.id == shop).with_for_update()
    if not shop.isprintable() or connection.execute(mine).first() is None:
        raise InputError(f"unknown shop {shop!r}")
