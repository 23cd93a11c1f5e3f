from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path

import pytest

from desk.settings import load_settings
from desk.storage.database import Database
from desk.storage.proposals import Proposal, ProposalState, add_proposal, settle_proposal
from desk.storage.shops import note_shops
from retrieval.building import open_library
from tests.cli.conftest import Huashu

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=timezone.utc)


@pytest.fixture
def accepted(huashu: Huashu, own_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:  # noqa: ARG001 - they set the place
    """A database with an accepted and a declined proposal of one shop; the shop's id."""
    from desk.assembly import open_shops

    monkeypatch.setenv("HUASHU_STORAGE__URL", f"sqlite:///{tmp_path / 'desk.db'}")
    settings = load_settings()
    shops = open_shops(settings)
    shop, topic = shops.ids[0], open_library(settings.data).replies[0].topic
    database = Database.open(settings.database_url)
    with database.transaction() as connection:
        note_shops(connection, [shops.find(name) for name in shops.ids])
        for state in (ProposalState.ACCEPTED, ProposalState.DECLINED):
            name = f"{topic.replace('/', '.')}.{state.value}"
            made = Proposal(
                state.value, shop, name, topic, f"好的，您放心（{state.value}）", ("行不行",), {}, (), "li", NOW
            )
            add_proposal(connection, made)
            settle_proposal(connection, state.value, state, "zhao", NOW, "")
    database.close()
    return shop


def test_accepted_proposals_are_imported_and_then_not_exported_again(
    huashu: Huashu, accepted: str, tmp_path: Path
) -> None:
    out = tmp_path / "out.yml"
    assert huashu("replies", "proposals", "--out", str(out), "--json").json == {"replies": 1, "out": str(out)}
    imported = huashu("replies", "import", str(out), "--yes")
    assert (imported.code, "1 added, 0 changed" in imported.out) == (0, True)
    assert huashu("replies", "proposals", "--out", str(out), "--shop", accepted, "--json").json["replies"] == 0


@pytest.mark.usefixtures("accepted")
@pytest.mark.parametrize("arguments", [("--out", "x.txt"), ("--out", "x.yml", "--shop", "nowhere")])
def test_what_cannot_be_written_is_said(huashu: Huashu, arguments: tuple[str, ...]) -> None:
    ended = huashu("replies", "proposals", *arguments)
    assert ended.code == 2
    assert not Path("x.yml").exists()
