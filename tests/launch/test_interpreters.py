from __future__ import annotations

import sys
from pathlib import Path

import pytest

from launch.interpreters import NoInterpreter, find_interpreter, probe

MINOR = f"{sys.version_info.major}.{sys.version_info.minor}"


def program(folder: Path, name: str, script: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The only folders on PATH are `first` and `second` below this one."""
    monkeypatch.setenv("PATH", f"{tmp_path / 'first'}:{tmp_path / 'second'}")
    return tmp_path


def test_a_shim_without_a_python_behind_it_is_passed_over(path: Path) -> None:
    program(path / "first", f"python{MINOR}", "echo 'command not found' >&2; exit 127")
    program(path / "second", f"python{MINOR}", f'exec {sys.executable} "$@"')
    found = find_interpreter((MINOR,), path)
    assert found.minor == MINOR
    assert found.version.startswith(MINOR + ".")
    assert Path(found.path).exists()


def test_a_name_that_lies_about_its_version_is_passed_over(path: Path) -> None:
    program(path / "first", "python3.10" if MINOR != "3.10" else "python3.11", f'exec {sys.executable} "$@"')
    with pytest.raises(NoInterpreter):
        find_interpreter(("3.10" if MINOR != "3.10" else "3.11",), path)


def test_the_preferred_version_comes_first(path: Path) -> None:
    program(path / "second", f"python{MINOR}", f'exec {sys.executable} "$@"')
    assert find_interpreter(("3.99", MINOR), path).minor == MINOR


def test_one_that_cannot_make_environments_is_passed_over(path: Path) -> None:
    lame = program(path / "first", "python", f'exec {sys.executable} -c "raise ImportError"')
    assert probe(str(lame), path) is None


def test_uv_installs_what_is_missing(path: Path) -> None:
    script = f"""
case "$2" in
  install) touch {path}/installed ;;
  find) test -e {path}/installed && echo {sys.executable} ;;
esac"""
    program(path / "second", "uv", script)
    path.joinpath("second", "touch").symlink_to("/usr/bin/touch")
    assert find_interpreter((MINOR,), path).minor == MINOR


def test_the_message_says_what_to_install(path: Path) -> None:
    program(path / "first", "python3.10", "exit 127")
    program(path / "first", "uv", "exit 2")
    with pytest.raises(NoInterpreter, match=r"uv python install 3\.10") as error:
        find_interpreter(("3.10",), path)
    assert "pyenv install 3.10" in str(error.value)
