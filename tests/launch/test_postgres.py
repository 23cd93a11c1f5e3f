from __future__ import annotations

from pathlib import Path

import pytest

from contracts.errors import ServiceDown
from desk.storage.agents import all_shops
from desk.storage.database import Database
from desk.storage.shops import note_shops
from launch.postgres import Postgres, find_programs
from tests.desk.talk import LAMPS


def test_what_was_stored_outlives_a_kill(tmp_path: Path) -> None:
    programs = find_programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed (Debian: postgresql)")
    server = Postgres(programs, tmp_path, durable=True)
    server.start()
    try:
        database = Database.open(server.database("kept"))
        with database.transaction() as connection:
            note_shops(connection, (LAMPS,))
        server.kill()
        assert not database.answers()
        server.start()
        with database.reading() as connection:
            assert "lamps" in all_shops(connection)
        database.close()
        with pytest.raises(ServiceDown, match=r"createdb: .*already exists"):
            server.database("kept")
        url = server.database("dropped")
        held = Database.open(url)
        server.drop(url)
        assert not held.answers()
        held.close()
        with pytest.raises(ServiceDown, match=r"dropdb: .*does not exist"):
            server.drop(url)
    finally:
        server.kill()
