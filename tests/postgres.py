"""A PostgreSQL of the tests' own, in a folder that is thrown away."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

_PLACES = ("/usr/lib/postgresql", "/usr/local/lib/postgresql", "/opt/homebrew/opt")
_PROGRAMS = ("initdb", "postgres", "createdb", "pg_isready")
_ACCOUNTS = ("postgres", "nobody")


def find_programs() -> Path | None:
    """The folder of `initdb` and `postgres`, None when there is no PostgreSQL."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += [folder for place in _PLACES for folder in sorted(Path(place).glob("*/bin"), reverse=True)]
    return next((folder for folder in folders if all((folder / name).exists() for name in _PROGRAMS)), None)


class Postgres:
    """A server on a port of its own; `kill` ends it as a power cut would, `start` brings it up again."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self._programs = programs
        self._folder = folder
        self._account = _account()
        self._process: subprocess.Popen[bytes] | None = None
        self.port = _free_port()
        if self._account:
            shutil.chown(folder, self._account)
            for parent in (folder, *folder.parents):
                if parent.stat().st_uid == os.getuid():
                    parent.chmod(parent.stat().st_mode | 0o011)
        self._run("initdb", "-D", str(folder / "data"), "-U", "huashu", "--auth=trust", "-E", "UTF8", "--no-sync")

    @property
    def url(self) -> str:
        return f"postgresql://huashu@127.0.0.1:{self.port}/postgres"

    def database(self, name: str) -> str:
        """A new database's address."""
        self._run("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "huashu", name)
        return f"postgresql://huashu@127.0.0.1:{self.port}/{name}"

    def start(self) -> None:
        """Start, and wait until it answers."""
        command = [str(self._programs / "postgres"), "-D", str(self._folder / "data"), "-p", str(self.port)]
        command += [
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            f"unix_socket_directories={self._folder}",
            "-c",
            "fsync=off",
        ]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                command, stdout=log, stderr=log, user=self._account, cwd=self._folder, start_new_session=True
            )
        ready = [str(self._programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        for _ in range(1200):
            if subprocess.run(ready, check=False).returncode == 0:
                return
            time.sleep(0.1)
        raise RuntimeError((self._folder / "log").read_text(encoding="utf-8", errors="replace")[-2000:])

    def kill(self) -> None:
        """End all its processes at once."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [str(self._programs / program), *arguments],
            check=True,
            capture_output=True,
            user=self._account,
            cwd=self._folder,
        )


def _account() -> str | None:
    """Whom the server runs as: it refuses to run as root."""
    if os.getuid() != 0:
        return None
    import pwd

    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(account for account in _ACCOUNTS if account in known)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
