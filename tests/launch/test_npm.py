from __future__ import annotations

from pathlib import Path

import pytest

from launch import npm
from tests.launch.test_node import program


def test_without_node_the_set_up_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("HUASHU_VAR", str(tmp_path / "var"))
    assert npm.main(["test"]) == 3
    assert "make setup" in capsys.readouterr().err


def test_npm_runs_in_the_panel_s_folder_and_its_exit_code_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    project = tmp_path / "project"
    (project / "panel" / "node_modules").mkdir(parents=True)
    program(tmp_path / "bin" / "node", "echo v22.14.0")
    program(tmp_path / "bin" / "npm", 'echo "$PWD $@"; exit 7')
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    monkeypatch.setattr(npm, "PROJECT", project)
    assert npm.main(["run", "lint"]) == 7
    assert capfd.readouterr().out.strip() == f"{project / 'panel'} run lint"
