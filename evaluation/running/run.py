"""A run: all labelled dialogues of some files through an engine into a spool."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from contracts.errors import InputError
from evaluation.dialogues import Vocabulary, read_labelled
from evaluation.running.engine import Engine
from evaluation.running.spool import Spool
from evaluation.running.worker import Line
from files.jsonl import read_jsonl

BATCH = 8
"""Dialogues that a worker gets at once."""

Watch = Callable[[Iterable[int], int, int], Iterable[int]]
"""Is given counts of finished dialogues as they come, how many were finished before, and how many there are."""


@dataclass(frozen=True)
class Counted:
    """What the files hold: dialogues, labelled buyers' and agents' turns; `digest` changes with their content."""

    dialogues: int
    asked: int
    said: int
    digest: str

    def require_labels(self) -> None:
        """Raises InputError when nothing is labelled: there is nothing to measure."""
        if not self.dialogues:
            raise InputError("the files hold no dialogue")
        if not self.asked and not self.said:
            raise InputError(
                f"none of the {self.dialogues} dialogues has a label: buyers' turns want intents and topics, "
                "agents' turns violates"
            )


def count(paths: Sequence[Path], known: Vocabulary) -> Counted:
    """Read all files once, strictly, so that no run ends half way at a slip. Raises DataError."""
    dialogues = asked = said = 0
    for labelled in read_labelled(paths, known):
        dialogues += 1
        asked += sum(bool(labels.intents) for labels in labelled.labels)
        said += sum(labels.violates is not None for labels in labelled.labels)
    digest = hashlib.sha256()
    for path in paths:
        with path.open("rb") as stream:
            digest.update(hashlib.file_digest(stream, "sha256").digest())
    return Counted(dialogues, asked, said, digest.hexdigest())


def run(paths: Sequence[Path], total: int, engine: Engine, spool: Spool, done: int, watch: Watch) -> None:
    """Put the dialogues behind the first `done` to the engine. Raises InputError, ServiceDown; the spool stays then."""
    lines = islice(_lines(paths), done, None)
    batches = iter(lambda: list(islice(lines, BATCH)), [])
    for _ in watch(spool.add(engine.run(batches)), done, total):
        pass


def _lines(paths: Sequence[Path]) -> Iterator[Line]:
    for path in paths:
        for line in read_jsonl(path):
            yield Line(str(path), line.number, line.value)
