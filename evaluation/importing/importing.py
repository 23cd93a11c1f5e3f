"""From a file of another system to lines of `data/dialogues`: read, masked, held against the format, written whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from contracts.errors import DataError, InputError
from contracts.masking import mask
from evaluation.dialogues import Vocabulary, parse_labelled
from evaluation.importing.chatwoot import Chatwoot
from evaluation.importing.csv_file import CsvFormat
from evaluation.importing.protocol import Defaults, Draft, Fault, Faults, Format, Imported
from evaluation.importing.rasa_stories import RasaStories
from files.jsonl import JsonLine

FORMATS: Mapping[str, Format] = {"csv": CsvFormat(), "rasa": RasaStories(), "chatwoot": Chatwoot()}
"""By the name that `--from` gives."""
_TURN = re.compile(r"turns\[\d+\]\.?(?P<name>.*)")
"""How the one loader names a field of a turn."""


@dataclass(frozen=True)
class Result:
    """Dialogues that may be written, as records of `data/dialogues`, and notes for the one who imports."""

    records: tuple[Mapping[str, Any], ...]
    notes: tuple[str, ...]

    @property
    def turns(self) -> int:
        return sum(len(record["turns"]) for record in self.records)


def import_dialogues(path: Path, name: str, known: Vocabulary, defaults: Defaults, *, masked: bool = True) -> Result:
    """The dialogues of a file in the format `name`, personal data `masked`.

    Raises Faults with everything that is wrong in it, InputError for an unknown format and a file without dialogues,
    DataError for a file that cannot be read at all.
    """
    if name not in FORMATS:
        raise InputError(f"unknown format {name!r}; known: {', '.join(FORMATS)}")
    imported = FORMATS[name].read(path, defaults)
    faults = [*imported.faults, *_double(imported, str(path))]
    for draft in imported.drafts:
        faults += _faults_of(draft, imported.unit, str(path), known)
    if faults:
        raise Faults(tuple(sorted(set(faults), key=lambda fault: (fault.number, fault.field))))
    if not imported.drafts:
        raise InputError(f"{path}: holds no dialogue")
    records = [draft.record for draft in imported.drafts]
    return Result(tuple(map(_masked, records) if masked else records), imported.notes)


def _double(imported: Imported, file: str) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for draft in imported.drafts:
        name = str(draft.record["id"])
        if first.setdefault(name, draft.number) != draft.number:
            yield Fault(file, imported.unit, draft.number, "id", f"{name!r} is at {imported.unit} {first[name]}, too")


def _faults_of(draft: Draft, unit: str, file: str, known: Vocabulary) -> Iterator[Fault]:
    """The first fault of each turn, and of the dialogue as a whole."""
    turns = draft.record["turns"]
    if not turns:
        yield Fault(file, unit, draft.number, "turns", "nobody says a word in this dialogue")
    for turn, number in zip(turns, draft.places, strict=True):
        try:
            parse_labelled(JsonLine(number, {**draft.record, "turns": [turn]}), file, known)
        except DataError as error:
            field = (error.field or "turns").rpartition(": ")[2]
            inside = _TURN.fullmatch(field)
            place = number if inside else draft.number
            yield Fault(file, unit, place, inside["name"] if inside else field, error.message)


def _masked(record: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**record, "turns": [{**turn, "text": mask(turn["text"])} for turn in record["turns"]]}
