"""Makes the two runtimes from nothing: `python3 -m launch.bootstrap`, run by the Makefile before anything else.

Done steps are skipped, interrupted ones resume. Exit 0 done, 1 failed with a message that says what to do.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from pathlib import Path
from typing import NoReturn

from launch.commands import CommandFailed, Commands
from launch.interpreters import NoInterpreter
from launch.lock import exclusive
from launch.progress import Progress
from launch.runtime import Runtime, default_runtimes

PROJECT = Path(__file__).resolve().parent.parent
_NEEDED_BYTES = 6 * 1024**3
_ADVICE = (
    ("No space left on device", "The disk is full: free at least 6 GB and run the same command again."),
    (
        "DO NOT MATCH THE HASHES",
        "A package is not the file that was locked: the package index or a cache gives another one.",
    ),
    (
        "No matching distribution",
        "The package index has no such file for this system; check that pip reaches the index it is configured for.",
    ),
)
_NETWORK = (
    "If the download failed: check the network, the proxy (HTTPS_PROXY) and pip's own configuration "
    "(`pip config list`), then run the same command again; what is done is kept."
)


def bootstrap(runtimes: Sequence[Runtime], project: Path, progress: Progress) -> None:
    """Build what is missing, the runtimes at once where there are cores for it.

    Raises NoInterpreter or CommandFailed, after the other runtime has been stopped.
    """
    missing = [runtime for runtime in runtimes if not runtime.complete()]
    for runtime in runtimes:
        if runtime not in missing:
            runtime.join()
    if not missing:
        return
    _check_space(project, progress)
    commands = Commands(project)
    workers = len(missing) if (os.cpu_count() or 1) > 1 else 1
    pool = ThreadPoolExecutor(workers)
    try:
        pending = [pool.submit(runtime.build, commands, progress) for runtime in missing]
        finished, _ = wait(pending, return_when=FIRST_EXCEPTION)
        for future in finished:
            future.result()
    except BaseException:
        commands.stop()
        raise
    finally:
        pool.shutdown()
    progress.say("both runtimes are ready")


def _check_space(project: Path, progress: Progress) -> None:
    free = shutil.disk_usage(project).free
    if free < _NEEDED_BYTES:
        progress.say(f"only {free / 1024**3:.1f} GB free; the runtimes need about 6 GB")


def explain(error: Exception) -> str:
    """What a person is told about a failure."""
    if not isinstance(error, CommandFailed):
        return str(error)
    hint = next((advice for sign, advice in _ADVICE if sign in error.tail), _NETWORK)
    return f"{error}\n\n{hint}"


def main(arguments: list[str] | None = None) -> int:
    """The command; `arguments` names runtimes to build, all when empty."""
    wanted = sys.argv[1:] if arguments is None else arguments
    runtimes = [runtime for runtime in default_runtimes(PROJECT) if not wanted or runtime.name in wanted]
    signal.signal(signal.SIGTERM, _interrupt)
    progress = Progress()
    try:
        if all(runtime.complete() for runtime in runtimes):
            bootstrap(runtimes, PROJECT, progress)
            return 0
        with exclusive(PROJECT / "var" / "run" / "bootstrap.lock", lambda: progress.say("waiting for another set-up")):
            bootstrap(runtimes, PROJECT, progress)
    except (NoInterpreter, CommandFailed, OSError) as error:
        print(f"\nset-up stopped: {explain(error)}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nset-up interrupted; the same command goes on where it stopped", file=sys.stderr)
        return 130
    return 0


def _interrupt(_number: int, _frame: object) -> NoReturn:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
