from __future__ import annotations

import pytest

from desk.people.people import People
from desk.storage.database import Database
from desk.storage.shops import note_shops
from tests.desk.people.crew import Crew
from tests.desk.talk import LAMPS, SHOES


@pytest.fixture
def crew(database: Database) -> Crew:
    """Two shops and nobody in them, on SQLite and on PostgreSQL."""
    with database.transaction() as connection:
        note_shops(connection, (LAMPS, SHOES))
    return Crew(database)


@pytest.fixture
def people(crew: Crew) -> People:
    return crew.people
