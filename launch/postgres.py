"""A PostgreSQL of one's own, in a folder that is thrown away: for tests and for `huashu bench desk`."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import time
from pathlib import Path

from contracts.errors import ServiceDown
from launch.ports import free_port

_PLACES = ("/usr/lib/postgresql", "/usr/local/lib/postgresql", "/opt/homebrew/opt")
_PROGRAMS = ("initdb", "postgres", "createdb", "pg_isready")
_ACCOUNTS = ("postgres", "nobody")
_PATIENCE = 120.0


def find_programs() -> Path | None:
    """The folder of `initdb` and `postgres`, None when there is no PostgreSQL."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += [folder for place in _PLACES for folder in sorted(Path(place).glob("*/bin"), reverse=True)]
    return next((folder for folder in folders if all((folder / name).exists() for name in _PROGRAMS)), None)


class Postgres:
    """A server on a port of its own; `kill` ends it as `kill -9` does, `start` brings it up again.

    Without `durable` nothing is forced to the disk: quicker, and safe as long as the machine itself stays up.
    """

    def __init__(self, programs: Path, folder: Path, *, durable: bool = False) -> None:
        self._programs = programs
        self._folder = folder
        self._durable = durable
        self._account = _account()
        self._process: subprocess.Popen[bytes] | None = None
        self.port = free_port()
        if self._account:
            shutil.chown(folder, self._account)
            for parent in (folder, *folder.parents):
                if parent.stat().st_uid == os.getuid():
                    parent.chmod(parent.stat().st_mode | 0o011)
        self.run("initdb", "-D", str(folder / "data"), "-U", "huashu", "--auth=trust", "-E", "UTF8", "--no-sync")

    @property
    def url(self) -> str:
        return self._url("postgres")

    @property
    def programs(self) -> Path:
        """The folder of its programs."""
        return self._programs

    def database(self, name: str, template: str = "template1") -> str:
        """The address of a new database, made like `template`, to which nobody may be connected."""
        self.run("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "huashu", "-T", template, name)
        return self._url(name)

    def drop(self, url: str) -> None:
        """Remove a database, given by its address, with whoever is connected to it."""
        name = url.rpartition("/")[2]
        self.run("dropdb", "--force", "-h", "127.0.0.1", "-p", str(self.port), "-U", "huashu", name)

    def start(self) -> None:
        """Start, and wait until it answers. Raises ServiceDown with the end of its log."""
        command = [str(self._programs / "postgres"), "-D", str(self._folder / "data"), "-p", str(self.port)]
        command += ["-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={self._folder}"]
        command += [] if self._durable else ["-c", "fsync=off"]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                command, stdout=log, stderr=log, user=self._account, cwd=self._folder, start_new_session=True
            )
        ready = [str(self._programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline:
            if subprocess.run(ready, check=False).returncode == 0:
                return
            time.sleep(0.1)
        log_end = (self._folder / "log").read_text(encoding="utf-8", errors="replace")[-2000:]
        raise ServiceDown(f"PostgreSQL did not start; the end of its log:\n{log_end}")

    def kill(self) -> None:
        """End all its processes at once."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def run(self, program: str, *arguments: str) -> None:
        """Run one of its programs, as the account that it belongs to. Raises ServiceDown with what it said."""
        ended = subprocess.run(
            [str(self._programs / program), *arguments],
            check=False,
            capture_output=True,
            user=self._account,
            cwd=self._folder,
        )
        if ended.returncode != 0:
            raise ServiceDown(f"{program}: {ended.stderr.decode('utf-8', 'replace').strip()[-500:]}")

    def _url(self, name: str) -> str:
        return f"postgresql://huashu@127.0.0.1:{self.port}/{name}"


def _account() -> str | None:
    """Whom the server runs as: it refuses to run as root."""
    if os.getuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(account for account in _ACCOUNTS if account in known)
