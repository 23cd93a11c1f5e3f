from __future__ import annotations

import io
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from launch.commands import CommandFailed, Commands
from launch.progress import Progress
from launch.runtime import Runtime, default_runtimes, drop_half_installed, entries_of

MINOR = f"{sys.version_info.major}.{sys.version_info.minor}"
PROJECT = Path(__file__).resolve().parents[2]
LOCK = """# made by a tool
alpha==1.0 \\
    --hash=sha256:aa \\
    --hash=sha256:ab
    # via -r desk.in
setuptools==80.0 ; python_full_version < '3.12' \\
    --hash=sha256:bb
wheel==0.45.1 \\
    --hash=sha256:cc

# The following packages were excluded from the output:
# torch
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose locks ask for nothing, so that no network is needed."""
    requirements = tmp_path / "requirements"
    requirements.mkdir()
    for name in ("desk.lock", "torch.txt"):
        (requirements / name).write_text("# nothing\n")
    package = tmp_path / "cli"
    package.mkdir()
    (package / "main.py").write_text("import sys\ndef main() -> None:\n    print('huashu', *sys.argv[1:])\n")
    return tmp_path


@pytest.fixture
def runtime(project: Path) -> Runtime:
    return Runtime(project, ".venv", (MINOR,), "desk.lock", "torch.txt")


def test_entries_keep_their_hashes() -> None:
    assert [entry.split("==")[0] for entry in entries_of(LOCK)] == ["alpha", "setuptools", "wheel"]
    (setuptools,) = entries_of(LOCK, ("setuptools",))
    assert setuptools == "setuptools==80.0 ; python_full_version < '3.12' \\\n    --hash=sha256:bb\n"


@pytest.mark.parametrize("name", ["desk.lock", "rasa.lock"])
def test_every_entry_of_our_locks_is_pinned_and_hashed(name: str) -> None:
    lock = (PROJECT / "requirements" / name).read_text()
    for entry in entries_of(lock):
        assert "==" in entry.splitlines()[0]
        assert "--hash=sha256:" in entry
    assert "://" not in lock
    assert {entry.split("==")[0] for entry in entries_of(lock)} >= {"pip", "setuptools", "wheel"}


def test_a_runtime_is_completed_joined_and_kept(
    runtime: Runtime, bare_environment: Path, progress: Progress, out: io.StringIO
) -> None:
    shutil.copytree(bare_environment, runtime.folder, symlinks=True)  # as an interrupted run leaves it
    assert not runtime.complete()
    assert runtime.build(Commands(runtime.project), progress)
    assert runtime.complete()
    assert not runtime.build(Commands(runtime.project), progress)
    assert ".venv: ready" in out.getvalue()
    huashu = runtime.folder / "bin" / "huashu"
    done = subprocess.run([str(huashu), "check"], cwd="/", capture_output=True, text=True, check=True)
    assert done.stdout == "huashu check\n"
    again = f"import runpy; runpy.run_path({str(huashu)!r}, run_name='__mp_main__')"  # as a process of a pool does
    command = [str(runtime.folder / "bin" / "python"), "-c", again]
    assert subprocess.run(command, cwd="/", capture_output=True, text=True, check=True).stdout == ""

    # another lock: the same environment is brought up to date
    marker = runtime.folder / "marker"
    marker.touch()
    runtime.lock.write_text("# nothing, but otherwise\n")
    assert not runtime.complete()
    runtime.build(Commands(runtime.project), progress)
    assert runtime.complete()
    assert marker.exists()


def test_an_environment_that_was_cut_off_while_created_is_made_anew(runtime: Runtime, progress: Progress) -> None:
    marker = runtime.folder / "marker"
    marker.parent.mkdir()
    marker.touch()
    assert runtime.build(Commands(runtime.project), progress)
    assert runtime.complete()
    assert not marker.exists()


def test_a_failed_installation_leaves_no_stamp(runtime: Runtime, bare_environment: Path, progress: Progress) -> None:
    shutil.copytree(bare_environment, runtime.folder, symlinks=True)
    runtime.lock.write_text("alpha==1.0\n")  # no hash
    with pytest.raises(CommandFailed, match=r"installing desk\.lock into \.venv failed"):
        runtime.build(Commands(runtime.project), progress)
    assert not runtime.complete()


@pytest.mark.parametrize("stamp", ["", "[]", "{}", '{"fingerprint": "x", "python": "3.11.0"}'])
def test_a_stamp_that_says_something_else_is_not_believed(runtime: Runtime, stamp: str) -> None:
    (runtime.folder / "bin").mkdir(parents=True)
    runtime.python.touch()
    (runtime.folder / "pyvenv.cfg").write_text(f"home = /\nversion = {MINOR}.1\n")
    runtime.stamp.write_text(stamp)
    assert not runtime.complete()


def test_packages_cut_off_while_installing_are_forgotten(tmp_path: Path) -> None:
    for name, record in (("whole-1.dist-info", True), ("half-1.dist-info", False), ("~old", False)):
        (tmp_path / name).mkdir()
        if record:
            (tmp_path / name / "RECORD").touch()
    drop_half_installed(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["whole-1.dist-info"]


def test_the_two_runtimes_are_apart() -> None:
    main, rasa = default_runtimes(PROJECT)
    assert (main.name, rasa.name, rasa.minors) == (".venv", ".venv-rasa", ("3.10",))
    assert main.fingerprint() != rasa.fingerprint()
