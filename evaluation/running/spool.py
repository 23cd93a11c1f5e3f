"""Finished dialogues in a file: memory stays small, and a run that was stopped goes on.

The first line says what the run was made of, each further one holds a dialogue with its cases.
"""

from __future__ import annotations

import fcntl
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from contracts.errors import DataError, InputError
from evaluation.cases import Case, case_from
from evaluation.running.worker import Finished
from files.jsonl import read_jsonl


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Keep the file at `path` to this process for the block. Raises InputError when another run has it, DataError."""
    lock = path.with_name(f"{path.name}.lock")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        stream = lock.open("a")
    except OSError as error:
        raise DataError(f"cannot be written: {error.strerror}", file=str(lock)) from None
    with stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise InputError(f"{path} is in use by another evaluation; give this one its own by --spool") from None
        yield
        lock.unlink(missing_ok=True)


class Spool:
    """The file at `path` of the run whose inputs have this `fingerprint`."""

    def __init__(self, path: Path, fingerprint: str) -> None:
        self.path = path
        self._fingerprint = fingerprint

    def begin(self) -> int:
        """Start anew, with no dialogue finished. Raises DataError when the file cannot be written."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.write_text(json.dumps({"run": self._fingerprint}) + "\n", encoding="utf-8")
        except OSError as error:
            raise DataError(f"cannot be written: {error.strerror}", file=str(self.path)) from None
        return 0

    def resume(self) -> int:
        """How many dialogues are finished; the run goes on behind them. A line that was cut off is taken back.

        Begins anew where nothing was left. Raises InputError when what is there was made of something else.
        """
        if not self.path.exists():
            return self.begin()
        self._mend()
        lines = read_jsonl(self.path)
        head = next(lines, None)
        if head is None or head.value.get("run") != self._fingerprint:
            raise InputError(f"{self.path}: is of another run (other dialogues, data or options); leave out --resume")
        return sum(1 for _ in lines)

    def _mend(self) -> None:
        with self.path.open("rb+") as stream:
            whole = 0
            for line in stream:
                if not line.endswith(b"\n"):
                    break
                whole += len(line)
            stream.truncate(whole)

    def add(self, finished: Iterable[list[Finished]]) -> Iterator[int]:
        """Write what is finished, as it comes; hands out how many dialogues were written each time."""
        with self.path.open("a", encoding="utf-8") as stream:
            for several in finished:
                for one in several:
                    record = {"dialogue": one.dialogue, "cases": one.cases}
                    stream.write(json.dumps(record, ensure_ascii=True) + "\n")
                stream.flush()
                yield len(several)

    def cases(self) -> Iterator[Case]:
        """Every case, one by one. Raises DataError."""
        lines = read_jsonl(self.path)
        next(lines, None)
        for line in lines:
            if line.error is not None:
                raise line.error
            for record in line.value.get("cases", ()):
                yield case_from(record, str(self.path), line.number)

    def remove(self) -> None:
        """The run is over."""
        self.path.unlink(missing_ok=True)
