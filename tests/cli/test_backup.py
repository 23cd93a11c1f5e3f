from __future__ import annotations

from pathlib import Path

import pytest

from desk.storage.database import Database
from tests.cli.conftest import Huashu


@pytest.fixture
def own(huashu: Huashu, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Huashu:
    """The command line over a database of the test's own."""
    monkeypatch.setenv("HUASHU_STORAGE__URL", f"sqlite:///{tmp_path / 'desk.db'}")
    return huashu


def test_there_and_back(own: Huashu, tmp_path: Path) -> None:
    token = ("user", "token", "add", "erp", "--shop", "demo-tmall", "--scope", "check")
    assert own(*token).code == 0
    desk = Database.open(f"sqlite:///{tmp_path / 'desk.db'}")
    out = tmp_path / "desk.backup"
    made = own("backup", "--out", str(out), "--json")
    assert (made.code, made.json["bytes"]) == (0, out.stat().st_size)
    assert own(*token).code == 0
    refused = own("restore", str(out), "--yes")
    assert refused.code == 2
    assert "stop the desk first" in refused.err
    desk.close()
    restored = own("restore", str(out), "--yes", "--json")
    assert restored.code == 0
    assert Path(restored.json["kept"]).exists()
    assert len(own("user", "token", "list", "--json").json) == 1


def test_what_cannot_be_done_is_bad_input(own: Huashu, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert own("backup", "--out", str(tmp_path / "out")).code == 2
    assert own("restore", str(tmp_path / "none"), "--yes").code == 2
    monkeypatch.setenv("HUASHU_STORAGE__URL", "postgresql://huashu@127.0.0.1/none")
    told = own("backup", "--out", str(tmp_path / "out"))
    assert (told.code, "pg_dump" in told.err) == (2, True)
