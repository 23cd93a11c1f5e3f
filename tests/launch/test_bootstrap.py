from __future__ import annotations

import ast
import shutil
import signal
import sys
from pathlib import Path

import pytest

from launch import bootstrap as module
from launch.bootstrap import bootstrap, explain, main
from launch.commands import CommandFailed
from launch.interpreters import NoInterpreter
from launch.progress import Progress
from launch.runtime import Runtime

MINOR = f"{sys.version_info.major}.{sys.version_info.minor}"
EARLY = ("__init__", "bootstrap", "commands", "group", "guard", "interpreters", "lock", "progress", "runtime")


def runtime(project: Path, name: str, minor: str = MINOR) -> Runtime:
    requirements = project / "requirements"
    requirements.mkdir(exist_ok=True)
    (requirements / "a.lock").write_text("# nothing\n")
    return Runtime(project, name, (minor,), "a.lock")


@pytest.mark.parametrize("name", EARLY)
def test_what_runs_before_the_runtimes_is_old_grammar_and_standard_library(name: str) -> None:
    source = (Path(module.__file__).parent / f"{name}.py").read_text()
    tree = ast.parse(source, feature_version=(3, 8))
    imported = {
        (node.module if isinstance(node, ast.ImportFrom) else alias.name) or ""
        for node in ast.walk(tree)
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for alias in node.names
    }
    foreign = {one for one in imported if one.split(".")[0] not in {*sys.stdlib_module_names, "launch"}}
    ours = {one for one in imported if one.startswith("launch.")}
    assert not foreign
    assert ours <= {f"launch.{one}" for one in EARLY}


def test_both_are_built_and_the_second_time_nothing_is(
    tmp_path: Path, bare_environment: Path, progress: Progress
) -> None:
    runtimes = [runtime(tmp_path, ".one"), runtime(tmp_path, ".two")]
    for each in runtimes:
        shutil.copytree(bare_environment, each.folder, symlinks=True)
    bootstrap(runtimes, tmp_path, progress)
    assert all(each.complete() for each in runtimes)
    stamps = [each.stamp.stat().st_mtime_ns for each in runtimes]
    bootstrap(runtimes, tmp_path, progress)
    assert stamps == [each.stamp.stat().st_mtime_ns for each in runtimes]


def test_a_missing_python_stops_all(tmp_path: Path, progress: Progress, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoInterpreter, match=r"Python 3\.99 is needed"):
        bootstrap([runtime(tmp_path, ".one", "3.99")], tmp_path, progress)


@pytest.mark.parametrize(
    ("tail", "advice"),
    [
        ("OSError: [Errno 28] No space left on device", "free at least 6 GB"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "not the file that was locked"),
        ("ReadTimeoutError: timed out", "check the network"),
    ],
)
def test_a_failure_says_what_to_do(tail: str, advice: str) -> None:
    text = explain(CommandFailed("installing desk.lock", 1, Path("var/log/setup-venv.log"), tail))
    assert advice in text
    assert tail in text
    assert "setup-venv.log" in text


def test_failure_and_interruption_have_exit_codes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(module, "PROJECT", tmp_path)
    monkeypatch.setattr(module, "default_runtimes", lambda project: [runtime(project, ".one", "3.99")])
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main([]) == 1
    assert "set-up stopped: Python 3.99 is needed" in capsys.readouterr().err

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "bootstrap", interrupted)
    assert main([]) == 130
    assert "goes on where it stopped" in capsys.readouterr().err
