"""A file of dialogues that somebody is labelling: every step is on the disk before the next begins."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

from contracts.errors import DataError, InputError
from contracts.taxonomy import intent_of
from evaluation.dialogues import Clarity, LabelledDialogue, Vocabulary, parse_labelled
from files.atomic import write_bytes, write_text
from files.jsonl import JsonLine, read_jsonl

_JUDGED = "judged"


@dataclass(frozen=True)
class Mark:
    """The labels of one turn: topics (main first) and clarity of a buyer's, broken rules of an agent's."""

    topics: tuple[str, ...] = ()
    clarity: Clarity = Clarity.CLEAR
    violates: tuple[str, ...] | None = None

    def labels(self) -> dict[str, Any]:
        """As the turn's keys."""
        if self.violates is not None:
            return {"violates": list(self.violates)}
        intents = list(dict.fromkeys(intent_of(topic) for topic in self.topics))
        return {"intents": intents, "topics": list(self.topics), "clear": self.clarity.value}


class Sheet:
    """The dialogues of a file, by position. Lines that are not touched stay as they are, to the byte.

    Which tasks have been judged stands beside the file, in `.NAME.judged`, so that labelling goes on where it stopped.
    """

    def __init__(self, path: Path, known: Vocabulary) -> None:
        """Raises DataError for a file in which anything is wrong, InputError for one without a dialogue."""
        self.path = path
        self._known = known
        self._lock = Lock()
        self._stamp = self._state()
        with path.open("rb") as stream:
            self._lines = list(stream)
        parsed: dict[str, int] = {}
        self.dialogues: list[LabelledDialogue] = []
        for line in read_jsonl(path):
            labelled = parse_labelled(line, str(path), known)
            first = parsed.setdefault(labelled.dialogue.id, line.number)
            if first != line.number:
                raise DataError(f"{labelled.dialogue.id!r} is on line {first}, too", file=str(path), line=line.number)
            self.dialogues.append(labelled)
        if not self.dialogues:
            raise InputError(f"{path}: holds no dialogue")
        self._judged_path = path.with_name(f".{path.name}.{_JUDGED}")
        self.judged = self._read_judged()

    def label(self, position: int, marks: Mapping[int, Mark], task: str) -> None:
        """Write the marks of some turns of a dialogue, and that the task is judged.

        Raises DataError for labels that do not exist, InputError when somebody else has changed the file since.
        """
        with self._lock:
            number = self.dialogues[position].line
            record = json.loads(self._lines[number - 1].decode("utf-8-sig"))
            for turn, mark in marks.items():
                record["turns"][turn].update(mark.labels())
            labelled = parse_labelled(JsonLine(number, record), str(self.path), self._known)
            if labelled != self.dialogues[position]:
                self._write(number, record)
                self.dialogues[position] = labelled
            self.judged.add(task)
            write_text(self._judged_path, "".join(f"{name}\n" for name in sorted(self.judged)))

    def _write(self, number: int, record: Mapping[str, Any]) -> None:
        if self._state() != self._stamp:
            raise InputError(f"{self.path} was changed by another program; stop here and start `huashu label` anew")
        lines = list(self._lines)
        lines[number - 1] = (json.dumps(record, ensure_ascii=False) + "\n").encode()
        write_bytes(self.path, b"".join(lines))
        self._lines, self._stamp = lines, self._state()

    def _state(self) -> tuple[int, int, int]:
        try:
            found = self.path.stat()
        except OSError as error:
            raise DataError(f"cannot be read: {error.strerror}", file=str(self.path)) from None
        return found.st_ino, found.st_mtime_ns, found.st_size

    def _read_judged(self) -> set[str]:
        try:
            return set(self._judged_path.read_text(encoding="utf-8").splitlines())
        except FileNotFoundError:
            return set()
        except (OSError, UnicodeDecodeError):
            raise DataError("cannot be read; remove it to begin anew", file=str(self._judged_path)) from None
