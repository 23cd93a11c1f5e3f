"""The desk's database and people for one command, beside a desk that may be running."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from desk.assembly import open_shops
from desk.people.people import People
from desk.settings import Settings
from desk.storage.database import Database
from desk.storage.shops import note_shops


@contextmanager
def open_database(settings: Settings) -> Iterator[Database]:
    """The database for the duration of a command; it knows the shops of this installation.

    Raises DataError for a faulty shop, InputError, ServiceDown.
    """
    shops = open_shops(settings)
    database = Database.open(settings.database_url, alone=False)
    try:
        with database.transaction() as connection:
            note_shops(connection, [shops.find(shop) for shop in shops.ids])
        yield database
    finally:
        database.close()


@contextmanager
def open_people(settings: Settings) -> Iterator[People]:
    """The people of this installation for the duration of a command. Raises as `open_database`."""
    with open_database(settings) as database:
        yield People.over(database)
