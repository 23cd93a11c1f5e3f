"""Runs one command and ends its whole process group when the process that asked for it is gone.

`python guard.py COMMAND...`, started by `launch.group` as the leader of a new session. Its standard input is a pipe
whose other end only the asking process holds: when that process ends, even by `kill -9`, the pipe closes.
"""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys

_GRACE = 12.0
_POLL = 0.25


def _end_group(child: subprocess.Popen[bytes]) -> None:
    os.killpg(0, signal.SIGTERM)
    try:
        child.wait(timeout=_GRACE)
    finally:
        os.killpg(0, signal.SIGKILL)  # this process too


def _ignore(_number: int, _frame: object) -> None:
    """A handler and not SIG_IGN, which the command would inherit."""


def main() -> int:
    """Run the command of `sys.argv`; its exit code."""
    signal.signal(signal.SIGTERM, _ignore)  # the group is told to end; the guard stays until the command has
    signal.signal(signal.SIGINT, _ignore)
    try:
        child = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL)
    except OSError as error:
        print(f"{sys.argv[1]}: {error.strerror}", file=sys.stderr)
        return 127
    while child.poll() is None:
        readable, _, _ = select.select([0], [], [], _POLL)
        if readable and not os.read(0, 1):
            _end_group(child)
    return child.returncode if child.returncode >= 0 else 128 - child.returncode


if __name__ == "__main__":
    sys.exit(main())
