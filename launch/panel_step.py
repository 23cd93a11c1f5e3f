"""The last step: the panel, built by Node from `panel/` and the API's description."""

from __future__ import annotations

import sys
from pathlib import Path

from contracts.errors import HuashuError, SetupNeeded
from desk.settings import PROJECT, Settings
from files.atomic import new_folder, write_text
from launch import fingerprint
from launch.commands import CommandFailed, Commands
from launch.node import Node, bring_node, find_node
from launch.progress import Progress

PANEL = "panel"
"""The folder of its sources, and of what is built below `var`."""

PACKAGES = "node_modules"

_API = ("panel/src/api/openapi.json", "panel/src/api/schema.d.ts")
"""Made here from the code below."""

_INPUTS = ("panel/src/**/*", "panel/public/**/*", "panel/*.json", "panel/*.ts", "panel/*.html", "panel/.npmrc")
_CODE = ("desk/app.py", "desk/routes/*.py", "contracts/version.py")


class PanelMissing(HuashuError):
    """The panel could not be built."""


class PanelStep:
    """Fetches what the panel needs, makes its API client and builds it into `var/panel`."""

    name = PANEL
    title = "panel"

    def __init__(self, settings: Settings, project: Path = PROJECT) -> None:
        self._settings = settings
        self._project = project
        self._sources = project / PANEL
        self._log = settings.var.resolve() / "log" / "panel.log"

    def fingerprint(self) -> str:
        return fingerprint.of_files(self._project, [*_INPUTS, *_CODE], without=_API)

    def made(self) -> bool:
        return (self._settings.var / PANEL / "index.html").is_file() and (self._sources / PACKAGES).is_dir()

    def run(self, progress: Progress) -> None:
        """Build it, whole or not at all. Raises PanelMissing with what to do."""
        self._log.unlink(missing_ok=True)
        try:
            self._build(Commands(self._sources), progress)
        except CommandFailed as failure:
            raise PanelMissing(
                f"the panel could not be built; the service works without it.\n{failure}\n{_ADVICE}"
            ) from None
        except SetupNeeded as missing:
            raise PanelMissing(f"the panel could not be built; the service works without it: {missing}") from None

    def _build(self, commands: Commands, progress: Progress) -> None:
        node = find_node(self._settings) or bring_node(self._settings, commands, progress, self._log)
        progress.say(f"panel: Node {node.version}")
        self._fetch(node, commands, progress)
        describe = [sys.executable, "-m", "cli.main", "openapi", "--out", str(self._project / _API[0])]
        Commands(self._project).run("describing the API", describe, self._log, env={"PYTHONPATH": str(PROJECT)})
        self._npm("making the API client", node, commands, "run", "api")
        progress.say("panel: building")
        with new_folder(self._settings.var.resolve() / PANEL) as folder:
            self._npm(
                "building the panel", node, commands, "run", "build", "--", "--outDir", str(folder), "--emptyOutDir"
            )
            folder.chmod(0o755)

    def _fetch(self, node: Node, commands: Commands, progress: Progress) -> None:
        """The packages of the lock file, unless they are there for this Node."""
        stamp = self._sources / PACKAGES / ".huashu"
        lock = fingerprint.of_files(self._sources, ["package-lock.json"])
        wanted = fingerprint.of_parts(lock, node.version.split(".")[0])
        if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
            return
        progress.say("panel: fetching its packages with npm")
        self._npm("fetching the panel's packages", node, commands, "ci")
        write_text(stamp, wanted)

    def _npm(self, what: str, node: Node, commands: Commands, *arguments: str) -> None:
        commands.run(what, [*node.npm, *arguments], self._log, env=node.environment)


_WITHOUT = "the panel could not be built; the service works without it"
_ADVICE = (
    "If the download failed: check the network, the proxy (HTTPS_PROXY) and npm's own configuration "
    "(`npm config get registry`), then run `make setup` again; what is done is kept."
)
