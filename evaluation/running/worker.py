"""What one process does: it opens a desk of its own and puts dialogues to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from contracts.errors import DataError, InputError
from desk.assembly import Desk, assemble
from desk.settings import Settings
from desk.understand import NoReader, RasaReader
from evaluation.cases import case_json
from evaluation.dialogues import LabelledDialogue, parse_labelled
from evaluation.running.asking import Asker
from evaluation.vocabulary import vocabulary_of
from files.jsonl import JsonLine


@dataclass(frozen=True)
class Opening:
    """How a worker opens its desk: `rasa` is the intent model's address, "" for none; `patience` is in seconds."""

    settings: Settings
    rasa: str = ""
    patience: float = 30.0

    def desk(self) -> Desk:
        """A desk of one's own. Raises DataError for faulty files of `data/`."""
        reader = RasaReader(self.rasa, self.patience) if self.rasa else NoReader()
        return assemble(self.settings, reader)


@dataclass(frozen=True)
class Line:
    """A line of a file of dialogues."""

    file: str
    number: int
    record: Mapping[str, Any]


@dataclass(frozen=True)
class Finished:
    """A dialogue that has been put to the desk, with its cases as JSON."""

    dialogue: str
    cases: tuple[Mapping[str, Any], ...]


class Worker:
    """A desk, its own or the one that is given, with what is needed to read dialogues."""

    def __init__(self, opening: Opening, desk: Desk | None = None) -> None:
        desk = desk or opening.desk()
        self._asker = Asker(desk, with_rasa=bool(opening.rasa))
        self._known = vocabulary_of(desk)

    def work(self, lines: Sequence[Line]) -> list[Finished]:
        """The cases of some dialogues. Raises InputError, ServiceDown."""
        return [self._finished(self._parsed(line)) for line in lines]

    def _parsed(self, line: Line) -> LabelledDialogue:
        return parse_labelled(JsonLine(line.number, dict(line.record)), line.file, self._known)

    def _finished(self, labelled: LabelledDialogue) -> Finished:
        return Finished(labelled.dialogue.id, tuple(case_json(case) for case in self._asker.cases(labelled)))


def work(opening: Opening, lines: Sequence[Line]) -> list[Finished]:
    """`Worker.work` by the worker of this process, which is opened once. Raises InputError, ServiceDown."""
    try:
        return _worker(opening).work(lines)
    except DataError as error:  # it has no way through a pipe
        raise InputError(str(error)) from None


@lru_cache(maxsize=1)
def _worker(opening: Opening) -> Worker:
    return Worker(opening)
