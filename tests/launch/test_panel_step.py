from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from desk.settings import Settings
from launch.panel_step import PanelMissing, PanelStep
from launch.progress import Progress
from launch.setup import set_up_panel
from tests.launch.test_node import program

NPM = """\
echo "$@" >> calls.txt
case "$1 $2" in
    "run build") echo built > "$5/index.html" ;;
    "ci ") mkdir -p node_modules ;;
esac
"""
"""Does what npm leaves behind, and no more."""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(var=tmp_path / "var")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    (folder / "panel" / "src" / "api").mkdir(parents=True)
    (folder / "panel" / "src" / "main.ts").write_text("let a = 1", encoding="utf-8")
    (folder / "panel" / "package-lock.json").write_text("{}", encoding="utf-8")
    return folder


@pytest.fixture(autouse=True)
def npm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    program(tmp_path / "bin" / "node", "echo v22.14.0")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    return program(tmp_path / "bin" / "npm", NPM)


def _calls(project: Path) -> list[str]:
    return (project / "panel" / "calls.txt").read_text(encoding="utf-8").splitlines()


def test_it_is_built_with_a_client_of_today_s_api(settings: Settings, project: Path, progress: Progress) -> None:
    step = PanelStep(settings, project)
    assert not step.made()
    before = step.fingerprint()
    step.run(progress)
    assert step.made()
    assert step.fingerprint() == before
    assert (settings.var / "panel" / "index.html").read_text(encoding="utf-8") == "built\n"
    assert "paths" in json.loads((project / "panel" / "src" / "api" / "openapi.json").read_text(encoding="utf-8"))
    assert [call.split(" --")[0] for call in _calls(project)] == ["ci", "run api", "run build"]


def test_packages_are_fetched_again_for_another_lock(settings: Settings, project: Path, progress: Progress) -> None:
    step = PanelStep(settings, project)
    step.run(progress)
    step.run(progress)
    assert _calls(project).count("ci") == 1
    (project / "panel" / "package-lock.json").write_text('{"a": 1}', encoding="utf-8")
    step.run(progress)
    assert _calls(project).count("ci") == 2


def test_another_source_is_another_panel(settings: Settings, project: Path) -> None:
    before = PanelStep(settings, project).fingerprint()
    (project / "panel" / "src" / "main.ts").write_text("let a = 2", encoding="utf-8")
    assert PanelStep(settings, project).fingerprint() != before


def test_without_its_registry_it_says_what_to_do_and_the_old_panel_stays(
    settings: Settings, project: Path, npm: Path, progress: Progress
) -> None:
    step = PanelStep(settings, project)
    step.run(progress)
    program(npm, "echo 'npm error network ENOTFOUND'; exit 1")
    with pytest.raises(PanelMissing, match=r"(?s)works without it.*ENOTFOUND.*make setup"):
        step.run(progress)
    assert step.made()


def test_a_set_up_goes_on_without_it(
    settings: Settings, project: Path, npm: Path, progress: Progress, out: io.StringIO
) -> None:
    program(npm, "exit 1")
    result = set_up_panel(PanelStep(settings, project), settings, progress)
    assert (result.name, result.state) == ("panel", "failed")
    assert "WARNING: the panel could not be built" in out.getvalue()
    program(npm, NPM)
    assert set_up_panel(PanelStep(settings, project), settings, progress).state == "made"
    assert set_up_panel(PanelStep(settings, project), settings, progress).state == "kept"
