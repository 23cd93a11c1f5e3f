"""A command in a process group of its own: it can be ended whole, and it ends with the process that started it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

GRACE = 12.0
"""Seconds that a group gets to end by itself."""

_GUARD = Path(__file__).resolve().with_name("guard.py")
_FOREIGN = ("PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__")
"""Variables of the caller's Python that would lead another Python astray."""


class Group:
    """A running command. Its output goes to `output`, or to the pipe `stdout` when that is None."""

    def __init__(
        self, command: Sequence[str], folder: Path, env: Mapping[str, str], output: IO[bytes] | None = None
    ) -> None:
        inherited = {name: value for name, value in os.environ.items() if name not in _FOREIGN}
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", str(_GUARD), *command],
            cwd=folder,
            env={**inherited, **env},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE if output is None else output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self.stdout = self._process.stdout
        self.pid = self._process.pid

    def poll(self) -> int | None:
        """The exit code, None while it runs."""
        return self._process.poll()

    def wait(self) -> int:
        """Wait for its end; the exit code."""
        code = self._process.wait()
        self.close()
        return code

    def signal(self, number: int) -> None:
        """Send a signal to all of its processes, if there are any left."""
        with suppress(ProcessLookupError, PermissionError):  # the second is macOS's answer for a group of zombies
            os.killpg(self.pid, number)

    def close(self) -> None:
        """Leave nothing of it: kill what is still there, reap it, close the pipes."""
        self.signal(signal.SIGKILL)
        self._process.wait()
        for pipe in (self._process.stdin, self.stdout):
            if pipe is not None:
                pipe.close()


def stop(groups: Sequence[Group], grace: float = GRACE) -> None:
    """End the groups, all at once: TERM, then KILL for what is left after `grace` seconds."""
    for group in groups:
        group.signal(signal.SIGTERM)
    deadline = time.monotonic() + grace
    while time.monotonic() < deadline and any(group.poll() is None for group in groups):
        time.sleep(0.05)
    for group in groups:
        group.close()
