from __future__ import annotations

from pathlib import Path

import pytest

from contracts.errors import SetupNeeded
from desk.settings import DeskSettings, RasaSettings, Settings
from launch import services
from launch.services import MODEL, action_server, all_services, desk_server, rasa_python, rasa_server


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of an installation whose runtime and model are there (empty files)."""
    for path in (tmp_path / "python", tmp_path / MODEL):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    monkeypatch.setattr(services, "rasa_python", lambda: tmp_path / "python")
    return Settings(
        var=tmp_path, rasa=RasaSettings(port=6005, action_port=6055), desk=DeskSettings(host="0.0.0.0", port=9000)
    )


def test_what_belongs_to_rasa_listens_on_this_machine_only(settings: Settings) -> None:
    rasa, actions = rasa_server(settings), action_server(settings)
    assert "-i 127.0.0.1 -p 6005" in " ".join(rasa.command)
    assert actions.env["SANIC_HOST"] == "127.0.0.1"
    assert "--port 6055" in " ".join(actions.command)
    assert "SANIC_HOST" not in rasa.env


def test_the_desk_listens_where_it_is_told(settings: Settings) -> None:
    desk = desk_server(settings)
    assert "--host 0.0.0.0 --port 9000" in " ".join(desk.command)
    assert desk.url == "http://127.0.0.1:9000"
    assert [service.essential for service in all_services(settings)] == [False, False, True]


def test_all_are_told_the_same_settings(settings: Settings) -> None:
    for service in (rasa_server(settings), action_server(settings)):
        assert service.env["HUASHU_ENCODER__MODEL"] == settings.encoder.model
        assert service.env["HUASHU_VAR"] == str(settings.var)
        assert service.env["RASA_TELEMETRY_ENABLED"] == "false"


def test_rasa_alone_has_a_port_and_a_log_of_its_own(settings: Settings) -> None:
    alone = rasa_server(settings, 7777)
    assert "-p 7777" in " ".join(alone.command)
    assert "--endpoints" not in alone.command
    assert alone.log != rasa_server(settings).log


@pytest.mark.parametrize(
    ("body", "ready"),
    [(b'{"model_file": "huashu.tar.gz"}', True), (b'{"model_file": null}', False), (b"[]", False), (b"<html>", False)],
)
def test_rasa_is_ready_with_a_model(settings: Settings, body: bytes, ready: bool) -> None:
    assert rasa_server(settings).accepts(body) is ready


def test_what_is_missing_is_named(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / MODEL).unlink()
    with pytest.raises(SetupNeeded, match="huashu setup"):
        rasa_server(settings)
    with pytest.raises(SetupNeeded, match="make setup"):
        rasa_python(tmp_path)
