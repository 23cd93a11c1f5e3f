from __future__ import annotations

from pathlib import Path

import pytest

from contracts.errors import InputError
from desk.settings import DeskSettings, Settings, StorageSettings, load_settings
from retrieval.vectors.place import MilvusPlace
from retrieval.vectors.store import VectorStore


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The path where `huashu.toml` is looked for."""
    path = tmp_path / "huashu.toml"
    monkeypatch.setitem(Settings.model_config, "toml_file", path)
    return path


def test_what_holds_when_nothing_is_set(config: Path, project: Path) -> None:
    assert not config.exists()
    settings = load_settings()
    assert (settings.data, settings.var) == (project / "data", project / "var")
    assert settings.encoder.model == "adapted"
    assert settings.encoder.threads >= 1
    assert settings.rasa_url == "http://127.0.0.1:5005"
    assert settings.desk.host == "127.0.0.1"
    assert 0 < settings.suggest.beside <= settings.suggest.floor <= settings.suggest.business < 1


def test_the_file_is_read_and_the_environment_wins(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config.write_text('var = "elsewhere"\n[desk]\nport = 9000\n[rasa]\nport = 6005\ntimeout_ms = 500\n')
    monkeypatch.setenv("HUASHU_DESK__PORT", "9100")
    settings = load_settings()
    assert settings.var == Path("elsewhere")
    assert (settings.desk.port, settings.rasa.port, settings.rasa.timeout_ms) == (9100, 6005, 500)
    assert settings.rasa.action_port == 5055


def test_vectors_are_beside_the_index_unless_milvus_is_named(config: Path, tmp_path: Path) -> None:
    assert not config.exists()
    assert Settings().store == VectorStore()
    named = {"kind": "milvus", "address": "http://milvus:19530", "library": "shop-a", "timeout_ms": 250, "token": "a:b"}
    settings = Settings.model_validate({"vectors": named})
    assert settings.store == VectorStore("shop-a", MilvusPlace("http://milvus:19530", 0.25, "a:b"))
    assert "a:b" not in repr(settings)
    local = Settings.model_validate({"var": tmp_path, "vectors": {"kind": "milvus"}}).store.milvus
    assert local == MilvusPlace(str(tmp_path / "milvus.db"))


def test_a_milvus_of_others_needs_a_name_for_the_library(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config.write_text('[vectors]\nkind = "milvus"\naddress = "http://milvus:19530"\n')
    with pytest.raises(InputError, match=r"setting vectors: .*vectors\.library"):
        load_settings()
    monkeypatch.setenv("HUASHU_VECTORS__LIBRARY", "shop-a")
    assert load_settings().store.library == "shop-a"


def test_arguments_win_over_all(config: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    config.write_text('var = "elsewhere"\n')
    monkeypatch.setenv("HUASHU_VAR", "other")
    assert Settings(var=tmp_path).var == tmp_path


@pytest.mark.parametrize(
    ("name", "value", "field"),
    [
        ("HUASHU_DESK__PORT", "high", "desk.port"),
        ("HUASHU_DESK__PORT", "70000", "desk.port"),
        ("HUASHU_RASA__TIMEOUT_MS", "0", "rasa.timeout_ms"),
        ("HUASHU_ENCODER__THREADS", "0", "encoder.threads"),
        ("HUASHU_SUGGEST__FLOOR", "1.5", "suggest.floor"),
        ("HUASHU_SUGGEST__FLOOR", "nan", "suggest.floor"),
        ("HUASHU_STORAGE__KEEP_DAYS", "0", "storage.keep_days"),
        ("HUASHU_DESK__PROT", "9000", "desk.prot"),
        ("HUASHU_VECTORS__KIND", "chroma", "vectors.kind"),
        ("HUASHU_VECTORS__ADDRESS", "127.0.0.1:19530", "vectors.address"),
        ("HUASHU_VECTORS__LIBRARY", "a/b", "vectors.library"),
        ("HUASHU_VECTORS__TIMEOUT_MS", "0", "vectors.timeout_ms"),
        ("HUASHU_DESK", "9000", "desk"),
    ],
)
def test_a_wrong_variable_is_named(
    config: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, field: str
) -> None:
    assert not config.exists()
    monkeypatch.setenv(name, value)
    with pytest.raises(InputError, match=field):
        load_settings()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[desk]\nport = 'high'\n", "desk.port"),
        ("[desk]\nprot = 9000\n", "desk.prot"),
        ("colour = 'red'\n", "colour"),
        ("desk = 9000\n", "desk"),
        ("[desk\n", "huashu.toml"),
        ("desk: {port: 9000}\n", "huashu.toml"),
    ],
)
def test_a_wrong_file_is_an_error_for_a_person(config: Path, text: str, says: str) -> None:
    config.write_text(text)
    with pytest.raises(InputError, match=says):
        load_settings()


def test_the_database_is_a_file_below_var_unless_another_is_named(config: Path, tmp_path: Path) -> None:
    assert not config.exists()
    assert Settings(var=tmp_path).database_url == f"sqlite:///{tmp_path}/huashu.db"
    named = StorageSettings(url="postgresql://desk@db/huashu")
    assert Settings(storage=named).database_url == "postgresql://desk@db/huashu"


def test_settings_do_not_change() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Settings().var = Path("x")  # type: ignore[misc]


def test_connections_stand_below_var_unless_named(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not config.exists()
    assert load_settings().connections_folder == load_settings().var / "connections"
    monkeypatch.setenv("HUASHU_CONNECTIONS", "secrets")
    assert load_settings().connections_folder == Path("secrets")


def test_private_networks_are_networks(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not config.exists()
    monkeypatch.setenv("HUASHU_CHANNELS__PRIVATE_NETWORKS", '["10.1.0.0/16", "fd12::/16"]')
    assert [str(network) for network in load_settings().channels.private_networks] == ["10.1.0.0/16", "fd12::/16"]
    monkeypatch.setenv("HUASHU_CHANNELS__PRIVATE_NETWORKS", '["intranet"]')
    with pytest.raises(InputError, match="private_networks"):
        load_settings()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://desk.example", "https://desk.example"),
        (" HTTPS://Desk.Example:443 ", "https://desk.example"),
        ("http://10.1.0.7:3000", "http://10.1.0.7:3000"),
        ("http://[::1]:3000", "http://[::1]:3000"),
    ],
)
def test_origins_are_kept_as_browsers_write_them(given: str, kept: str) -> None:
    assert DeskSettings(frame_origins=(given,)).frame_origins == (kept,)


@pytest.mark.parametrize(
    "given",
    ["*", "https://*.example", "desk.example", "https://desk.example/", "https://a.example https://b.example", "null",
     "https://a.example; script-src *", "file://x", ""],
)  # fmt: skip
def test_what_is_no_origin_is_refused(config: Path, given: str) -> None:
    config.write_text(f'[desk]\nframe_origins = ["{given}"]\n')
    with pytest.raises(InputError, match=r"desk\.frame_origins\.0: .*is no origin such as"):
        load_settings()
