from __future__ import annotations

import pytest

from desk.storage.database import Database
from desk.storage.shops import note_shops
from tests.desk.talk import LAMPS, SHOES


@pytest.fixture
def two_shops(database: Database) -> None:
    with database.transaction() as connection:
        note_shops(connection, (LAMPS, SHOES))
