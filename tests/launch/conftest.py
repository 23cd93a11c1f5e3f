"""Small real processes that stand for Rasa, its action server and the desk."""

from __future__ import annotations

import io
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from launch.ports import free_port
from launch.progress import Progress
from launch.service import Service

PROJECT = Path(__file__).resolve().parents[2]
Make = Callable[..., Service]
Until = Callable[[Callable[[], object]], None]
Supervise = Callable[[str], "subprocess.Popen[str]"]


def _until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        if time.monotonic() > deadline:
            pytest.fail("nothing happened within a minute")
        time.sleep(0.05)


@pytest.fixture
def until() -> Until:
    """Waits until a condition holds."""
    return _until


@pytest.fixture
def out() -> io.StringIO:
    """What the progress of this test said."""
    return io.StringIO()


@pytest.fixture
def progress(out: io.StringIO) -> Progress:
    return Progress(out)


@pytest.fixture
def make_service(tmp_path: Path) -> Make:
    """Builds a Service that is a plain web server on a free port; `changes` replace its fields."""

    def make(name: str = "web", **changes: object) -> Service:
        port = free_port()
        server = (sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1", "--directory", str(tmp_path))
        service = Service(
            name=name,
            label=name,
            command=server,
            host="127.0.0.1",
            port=port,
            port_setting=f"HUASHU_{name.upper()}__PORT",
            health="/",
            log=tmp_path / "log" / f"{name}.log",
            folder=tmp_path,
        )
        return replace(service, **changes)  # type: ignore[arg-type]

    return make


@pytest.fixture
def supervise() -> Iterator[Supervise]:
    """Runs Python code as a process of its own in the project folder; its output is one pipe of text."""
    started: list[subprocess.Popen[str]] = []

    def start(code: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", code], cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


@pytest.fixture(scope="session")
def bare_environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh virtual environment, to be copied where a test needs one: making it takes seconds."""
    folder = tmp_path_factory.mktemp("environment") / "bare"
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    return folder


def gone(pid: int) -> bool:
    """Whether no process, or only an unreaped one, has this pid."""
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


@pytest.fixture
def is_gone() -> Callable[[int], bool]:
    return gone
