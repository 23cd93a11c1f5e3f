from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path

import pytest
from sqlalchemy import text

from contracts.conversation import Incoming
from desk.inbox import Inbox
from desk.storage.database import Database
from tests.cli.conftest import Huashu, read_lines

AT = datetime(2026, 11, 20, 2, 0, tzinfo=timezone.utc)
"""10:00 in the shop."""


@pytest.fixture
def database(huashu: Huashu, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Database]:
    """A desk that has heard two buyers of one shop, and is running."""
    url = f"sqlite:///{tmp_path / 'desk.db'}"
    monkeypatch.setenv("HUASHU_STORAGE__URL", url)
    assert huashu("audit", "verify").code == 0
    database = Database.open(url)
    inbox = Inbox(database, lambda: None, lambda: AT)
    for buyer in ("zhang", "wang"):
        inbox.receive(Incoming("demo-tmall", "memory", buyer, "打我电话13812345678", "m1", AT))
    yield database
    database.close()


@pytest.mark.usefixtures("database")
def test_a_whole_record(huashu: Huashu) -> None:
    ended = huashu("audit", "verify", "--json")
    assert ended.code == 0
    shops = {shop["shop"]: shop for shop in ended.json["shops"]}
    assert (shops["demo-tmall"]["whole"], shops["demo-tmall"]["entries"]) == (True, 2)
    assert len(shops["demo-tmall"]["hash"]) == 64
    assert "demo-tmall: 2 entries, whole" in huashu("audit", "verify", "--shop", "demo-tmall").out


def test_a_record_that_was_changed(huashu: Huashu, database: Database) -> None:
    with database.transaction() as connection:
        connection.execute(text("UPDATE audit SET actor = 'nobody' WHERE number = 2"))
    ended = huashu("audit", "verify")
    assert ended.code == 1
    assert "demo-tmall: broken at entry 2" in ended.out
    broken = huashu("audit", "verify", "--shop", "demo-tmall", "--json")
    assert broken.code == 1
    assert (broken.json["shops"][0]["whole"], broken.json["shops"][0]["number"]) == (False, 2)
    assert huashu("audit", "verify", "--shop", "demo-jd").code == 0


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("name", ["out.csv", "out.jsonl"])
def test_an_export_is_masked_and_written_down(huashu: Huashu, tmp_path: Path, name: str) -> None:
    out = tmp_path / name
    ended = huashu("audit", "export", "--shop", "demo-tmall", "--out", str(out), "--json")
    assert ended.json == {"shop": "demo-tmall", "entries": 2, "masked": True, "out": str(out)}
    written = out.read_text(encoding="utf-8")
    assert written.count("[电话x]") == 2
    assert "13812345678" not in written
    if name.endswith("csv"):
        rows = list(csv.DictReader(written.splitlines()))
        assert [row["kind"] for row in rows] == ["received", "received"]
    else:
        assert [line["number"] for line in read_lines(out)] == [1, 2]
    assert huashu("audit", "verify", "--shop", "demo-tmall", "--json").json["shops"][0]["entries"] == 3


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(
    ("arguments", "count"),
    [
        (("--from", "2026-11-20T10:00:00"), 2),
        (("--from", "2026-11-20T02:00:01Z"), 0),
        (("--to", "2026-11-20"), 0),
        (("--from", "2026-11-20", "--to", "2026-11-21"), 2),
    ],
)
def test_an_export_of_a_time(huashu: Huashu, tmp_path: Path, arguments: tuple[str, ...], count: int) -> None:
    ended = huashu("audit", "export", "--shop", "demo-tmall", "--out", str(tmp_path / "x.jsonl"), *arguments, "--json")
    assert ended.json["entries"] == count


@pytest.mark.usefixtures("database")
def test_unmasked_needs_the_setting(huashu: Huashu, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    ask = ("audit", "export", "--shop", "demo-tmall", "--out", str(tmp_path / "x.jsonl"), "--unmasked")
    refused = huashu(*ask)
    assert refused.code == 2
    assert "unmasked_export" in refused.err
    assert not (tmp_path / "x.jsonl").exists()
    monkeypatch.setenv("HUASHU_STORAGE__UNMASKED_EXPORT", "true")
    assert huashu(*ask).code == 0
    assert "13812345678" in (tmp_path / "x.jsonl").read_text(encoding="utf-8")


@pytest.mark.usefixtures("database")
def test_one_buyer_is_erased(huashu: Huashu, tmp_path: Path) -> None:
    ask = ("audit", "erase", "--shop", "demo-tmall", "--buyer", "zhang")
    assert huashu(*ask, "--yes", "--json").json == {
        "shop": "demo-tmall",
        "conversations": 1,
        "messages": 1,
        "orders": 0,
        "entries": 1,
    }
    assert huashu("audit", "verify").code == 0
    again = huashu(*ask, "--yes")
    assert again.code == 2
    assert "nothing is known" in again.err
    huashu("audit", "export", "--shop", "demo-tmall", "--out", str(tmp_path / "x.jsonl"))
    assert [(line["kind"], line["erased"]) for line in read_lines(tmp_path / "x.jsonl")] == [
        ("received", True),
        ("received", False),
        ("erased", False),
    ]


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(
    "arguments",
    [
        ("verify", "--shop", "nowhere"),
        ("export", "--shop", "nowhere", "--out", "x.csv"),
        ("export", "--shop", "demo-tmall", "--out", "x.txt"),
        ("export", "--shop", "demo-tmall", "--out", "x.csv", "--from", "tomorrow"),
        ("erase", "--shop", "nowhere", "--buyer", "zhang", "--yes"),
    ],
)
def test_what_cannot_be_done_is_said(huashu: Huashu, arguments: tuple[str, ...]) -> None:
    ended = huashu("audit", *arguments)
    assert ended.code == 2
    assert ended.err.startswith("huashu: ")
