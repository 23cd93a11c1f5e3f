"""One of the two Python runtimes: made from its lock file, stamped when complete, joined to this checkout."""

from __future__ import annotations

import hashlib
import json
import math
import re
import shutil
import sys
import time
from pathlib import Path

from launch.commands import Commands
from launch.interpreters import find_interpreter
from launch.progress import Progress

RECIPE = 2
"""Raised when this module installs in another way, so that existing runtimes are brought up to date."""

_TOOLS = ("pip", "setuptools", "wheel")
_NOTE_EVERY = 20.0
_SCRIPT = """#!/bin/sh
'''exec' "$(dirname -- "$(realpath -- "$0")")/python" "$0" "$@"
' '''
from cli.main import main

if __name__ == "__main__":  # processes that it starts import this file again
    main()
"""


class Runtime:
    """A virtual environment of this project and what it is made from."""

    def __init__(self, project: Path, name: str, minors: tuple[str, ...], lock: str, extra: str | None = None) -> None:
        self.project = project
        self.name = name
        self.minors = minors
        self.folder = project / name
        self.lock = project / "requirements" / lock
        self.extra = project / "requirements" / extra if extra else None

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.folder / "bin" / "python"

    @property
    def stamp(self) -> Path:
        """The file that says what it was completed from."""
        return self.folder / "huashu-runtime.json"

    @property
    def site_packages(self) -> Path:
        """Where its packages lie."""
        return next(iter(sorted(self.folder.glob("lib/python3.*/site-packages"))))

    def fingerprint(self) -> str:
        """SHA-256 of the files that say what is installed, and of the way it is done."""
        digest = hashlib.sha256(str(RECIPE).encode())
        for path in (self.lock, self.extra):
            digest.update(path.read_bytes() if path else b"")
        return digest.hexdigest()

    def version(self) -> str:
        """The Python version that the environment was made with, empty when there is none."""
        try:
            text = (self.folder / "pyvenv.cfg").read_text(encoding="utf-8")
        except OSError:
            return ""
        match = re.search(r"^version(?:_info)?\s*=\s*(\d+\.\d+\.\d+)", text, re.MULTILINE)
        return match.group(1) if match else ""

    def complete(self) -> bool:
        """Whether it was completed from today's lock with the Python it has now."""
        try:
            stamp: dict[str, str] = json.loads(self.stamp.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return False
        wanted = {"fingerprint": self.fingerprint(), "python": self.version()}
        return stamp == wanted and self._right_python() and self.python.exists()

    def _right_python(self) -> bool:
        return self.version().rpartition(".")[0] in self.minors

    def build(self, commands: Commands, progress: Progress) -> bool:
        """Make what is missing; True when something was. Raises NoInterpreter or CommandFailed."""
        if self.complete():
            self.join()
            return False
        log = self.project / "var" / "log" / f"setup-{self.name.lstrip('.')}.log"
        _begin(log)
        if not self._usable(commands, log):
            self._create(commands, progress, log)
        self._install(commands, progress, log)
        self.join()
        text = json.dumps({"fingerprint": self.fingerprint(), "python": self.version()})
        _write(self.stamp, text)
        progress.say(f"{self.name}: ready")
        return True

    def _usable(self, commands: Commands, log: Path) -> bool:
        """Whether what an interrupted run left can be completed."""
        if not (self._right_python() and self.python.exists()):
            return False
        try:
            commands.run("looking at the environment", [str(self.python), "-I", "-c", "import pip"], log)
        except Exception:  # whatever is wrong with it, it is made anew
            return False
        drop_half_installed(self.site_packages)
        return True

    def _create(self, commands: Commands, progress: Progress, log: Path) -> None:
        python = find_interpreter(self.minors, self.project)
        progress.say(f"{self.name}: creating it with Python {python.version}")
        if self.folder.exists():
            shutil.rmtree(self.folder)
        commands.run(f"creating {self.name}", [python.path, "-m", "venv", str(self.folder)], log)

    def _install(self, commands: Commands, progress: Progress, log: Path) -> None:
        lock = self.lock.read_text(encoding="utf-8")
        tools = log.with_suffix(".tools.txt")
        _write(tools, "".join(entries_of(lock, _TOOLS)))
        progress.say(f"{self.name}: installing {self.lock.name} ({len(entries_of(lock))} entries)")
        locked = ["--no-deps", "--require-hashes", "-r"]
        steps: list[tuple[str, list[str]]] = [
            ("pip and the build tools", [*locked, str(tools)]),
            (self.lock.name, ["--no-build-isolation", *locked, str(self.lock)]),
        ]
        if self.extra is not None:
            steps.append((self.extra.name, ["-r", str(self.extra)]))
        pip = [str(self.python), "-m", "pip", "install", "--no-input", "--progress-bar", "off"]
        env = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PYTHONNOUSERSITE": "1"}
        for what, arguments in steps:
            note = _Counter(self.name, what, progress)
            commands.run(f"installing {what} into {self.name}", [*pip, *arguments], log, env=env, on_line=note)
        tools.unlink()

    def join(self) -> None:
        """Make this checkout importable, and give the main runtime its `huashu` command. Costs nothing when done."""
        _write(self.site_packages / "huashu.pth", f"{self.project}\n")
        if self.extra is not None:
            script = self.folder / "bin" / "huashu"
            _write(script, _SCRIPT)
            script.chmod(0o755)


class _Counter:
    """Says now and then how many packages pip has fetched."""

    def __init__(self, name: str, what: str, progress: Progress) -> None:
        self._name = name
        self._what = what
        self._progress = progress
        self._fetched = 0
        self._next = time.monotonic() + _NOTE_EVERY

    def __call__(self, line: str) -> None:
        self._fetched += line.startswith(("Collecting ", "Processing ", "Requirement already satisfied"))
        if line.startswith("Installing collected packages"):
            self._progress.say(f"{self._name}: {self._what}: unpacking {self._fetched} packages")
            self._next = math.inf
        elif time.monotonic() >= self._next:
            self._next = time.monotonic() + _NOTE_EVERY
            self._progress.say(f"{self._name}: {self._what}: {self._fetched} packages fetched")


def entries_of(lock: str, names: tuple[str, ...] | None = None) -> list[str]:
    """The entries of a lock file, each with its hashes; of those `names` only when given."""
    entries = re.findall(r"^[A-Za-z0-9][^\n]*\n(?:[ \t]+[^\n]*\n)*", lock, re.MULTILINE)
    return [entry for entry in entries if names is None or entry.split("==")[0] in names]


def drop_half_installed(site_packages: Path) -> None:
    """Forget packages whose installation was cut off, so that pip installs them again (RECORD is written last)."""
    for info in site_packages.glob("*.dist-info"):
        if not (info / "RECORD").exists():
            shutil.rmtree(info)
    for leftover in site_packages.glob("~*"):
        shutil.rmtree(leftover, ignore_errors=True)


def default_runtimes(project: Path) -> tuple[Runtime, Runtime]:
    """The main runtime and Rasa's."""
    main = Runtime(project, ".venv", ("3.11", "3.12", "3.13"), "desk.lock", "torch.txt")
    return main, Runtime(project, ".venv-rasa", ("3.10",), "rasa.lock")


def _begin(log: Path) -> None:
    log.parent.mkdir(parents=True, exist_ok=True)
    log.write_text(f"python {sys.version}\n", encoding="utf-8")


def _write(path: Path, text: str) -> None:
    """Write only what differs, whole or not at all."""
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return
    part = path.with_name(f".{path.name}.part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)
