from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.main import app
from contracts.errors import InputError
from desk.assembly import open_shops
from desk.hours_record import HoursRecord
from desk.settings import load_settings
from desk.shop_settings import ShopSettings
from desk.storage.database import Database
from desk.storage.shops import note_shops
from files.taxonomy import load_taxonomy


@pytest.fixture(autouse=True)
def url(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """A database of the test's own, which is not there yet."""
    monkeypatch.setenv("HUASHU_STORAGE__URL", f"sqlite:///{tmp_path / 'desk.db'}")
    return f"sqlite:///{tmp_path / 'desk.db'}"


def _run(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["hours", *arguments], catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def test_closed_says_since_when_and_until_when() -> None:
    record = json.loads(_run("demo-tmall", "--at", "2026-11-20T22:30:00+08:00", "--json"))
    assert (record["open"], record["shift"]) == (False, None)
    assert record["closed_since"] == "2026-11-20T22:30:00+08:00"
    assert record["opens_at"] == "2026-11-21T09:00:00+08:00"


def test_open_names_the_shift() -> None:
    assert "晚班" in _run("demo-tmall", "--at", "2026-11-20T22:29:59")


def test_hours_that_a_leader_has_set_stand_over_the_file(url: str) -> None:
    settings = load_settings()
    with closing(Database.open(url)) as database:
        shops = open_shops(settings)
        with database.transaction() as connection:
            note_shops(connection, [shops.find("demo-tmall")])
        taxonomy = load_taxonomy(settings.data / "taxonomy.yml")
        hours = HoursRecord.model_validate({"shifts": [{"name": "夜班", "days": "daily", "spans": ["22:00-02:00"]}]})
        ShopSettings(database, shops, taxonomy).set_hours("demo-tmall", hours, None, "zhao")
    assert "夜班" in _run("demo-tmall", "--at", "2026-11-20T22:30:00+08:00")


def test_a_database_that_is_away_leaves_the_file_s_hours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUASHU_STORAGE__URL", "postgresql://huashu@127.0.0.1:1/none")
    assert "晚班" in _run("demo-tmall", "--at", "2026-11-20T22:29:59")


@pytest.mark.parametrize("arguments", [("nowhere",), ("demo-tmall", "--at", "tonight")])
def test_bad_input_is_refused(arguments: tuple[str, ...]) -> None:
    with pytest.raises(InputError):
        CliRunner().invoke(app, ["hours", *arguments], catch_exceptions=False)
