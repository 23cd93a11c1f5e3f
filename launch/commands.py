"""Running a program that takes long: its output goes to a log, its failure becomes a message with the log's end."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from launch import group

_TAIL_LINES = 15


class CommandFailed(Exception):
    """A program ended with an error; `tail` is the end of its output."""

    def __init__(self, what: str, code: int, log: Path, tail: str) -> None:
        self.what = what
        self.code = code
        self.log = log
        self.tail = tail
        super().__init__(f"{what} failed (exit {code}); the end of {log}:\n{tail}")


class Commands:
    """Runs programs, from several threads if need be, and can stop all that run."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._running: list[group.Group] = []
        self._lock = threading.Lock()
        self._stopped = False

    def run(
        self,
        what: str,
        command: Sequence[str],
        log: Path,
        *,
        env: Mapping[str, str] | None = None,
        on_line: Callable[[str], None] | None = None,
    ) -> None:
        """Run to the end, adding all output to `log`; `on_line` sees each line. Raises CommandFailed."""
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("ab", buffering=0) as out:
            out.write(("\n$ " + " ".join(command) + "\n").encode("utf-8", "replace"))
            process = self._start(command, env or {})
            try:
                for line in process.stdout or ():
                    out.write(line)
                    if on_line is not None:
                        on_line(line.decode("utf-8", "replace").rstrip())
                code = process.wait()
            except BaseException:
                group.stop([process])
                raise
            finally:
                self._running.remove(process)
        if self._stopped:
            raise KeyboardInterrupt
        if code != 0:
            raise CommandFailed(what, code, log, tail_of(log))

    def stop(self) -> None:
        """End what runs; nothing starts afterwards, and every `run` under way raises KeyboardInterrupt."""
        with self._lock:
            self._stopped = True
            running = list(self._running)
        for process in running:
            process.signal(15)

    def _start(self, command: Sequence[str], env: Mapping[str, str]) -> group.Group:
        with self._lock:
            if self._stopped:
                raise KeyboardInterrupt
            process = group.Group(command, self._folder, env)
            self._running.append(process)
            return process


def tail_of(log: Path, lines: int = _TAIL_LINES) -> str:
    """The last lines of a log, of each line what a terminal would show; empty when there is no log."""
    try:
        with log.open("rb") as stream:
            stream.seek(max(0, log.stat().st_size - 64_000))
            text = stream.read().decode("utf-8", "replace")
    except OSError:
        return ""
    shown = [line.rsplit("\r", 1)[-1].rstrip() for line in text.replace("\r\n", "\n").split("\n")]
    return "\n".join([line for line in shown if line][-lines:])
