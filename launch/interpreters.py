"""Finding a Python of a wanted version that really runs (a name on PATH may be a shim without one behind it)."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

_PROBE = (
    "import sys, ensurepip, venv, ctypes, ssl, sqlite3\n"
    "print('%d.%d|%d.%d.%d|%s' % (*sys.version_info[:2], *sys.version_info[:3], sys.executable))"
)
"""Fails where Debian's `python3.x-venv` is missing, or where Python was built without TLS."""


class Interpreter:
    """A Python that ran: its `minor` ("3.11"), its full `version` and its real `path`."""

    def __init__(self, minor: str, version: str, path: str) -> None:
        self.minor = minor
        self.version = version
        self.path = path


class NoInterpreter(Exception):
    """No Python of the wanted version was found; the message says what to install."""


def find_interpreter(minors: Sequence[str], folder: Path) -> Interpreter:
    """A Python of the first of `minors` that is there; probed in `folder`, where pyenv reads `.python-version`.

    Where none is on PATH, uv is asked for the first. Raises NoInterpreter.
    """
    for minor in minors:
        for candidate in _on_path(f"python{minor}"):
            found = probe(candidate, folder)
            if found is not None and found.minor == minor:
                return found
    found = _from_uv(minors[0], folder)
    if found is None:
        raise NoInterpreter(_advice(minors))
    return found


def probe(path: str, folder: Path) -> Interpreter | None:
    """The interpreter behind `path`, None when it does not run or cannot make environments."""
    answer = _ask([path, "-I", "-c", _PROBE], folder, timeout=60)
    parts = answer.split("|") if answer else []
    return Interpreter(parts[0], parts[1], parts[2]) if len(parts) == 3 else None


def _on_path(name: str) -> Iterator[str]:
    for entry in os.environ.get("PATH", os.defpath).split(os.pathsep):
        path = Path(entry or os.curdir) / name
        if path.is_file() and os.access(path, os.X_OK):
            yield str(path)


def _from_uv(minor: str, folder: Path) -> Interpreter | None:
    uv = next(_on_path("uv"), None)
    if uv is None:
        return None
    path = _ask([uv, "python", "find", minor], folder, timeout=60)
    if not path:
        _ask([uv, "python", "install", minor], folder, timeout=900)
        path = _ask([uv, "python", "find", minor], folder, timeout=60)
    found = probe(path, folder) if path else None
    return found if found is not None and found.minor == minor else None


def _ask(command: Sequence[str], folder: Path, timeout: float) -> str:
    """The last line a program prints, empty when it fails."""
    try:
        done = subprocess.run(
            list(command), cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, timeout=timeout, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    lines = done.stdout.decode("utf-8", "replace").strip().splitlines()
    return lines[-1].strip() if done.returncode == 0 and lines else ""


def _advice(minors: Sequence[str]) -> str:
    minor = minors[0]
    return (
        f"Python {minor} is needed and was not found on PATH (or does not run, or lacks its venv module).\n"
        "Install it with one of\n"
        f"  uv python install {minor}\n"
        f"  pyenv install {minor}\n"
        f"  apt-get install python{minor} python{minor}-venv     (Debian, Ubuntu, where it is packaged)\n"
        f"  brew install python@{minor}                    (macOS)\n"
        "and run the same command again; what is done is kept."
    )
