"""The labelled questions of a file, or of every file of a folder."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from compliance.catalogue import load_catalogue
from contracts.errors import InputError
from desk.assembly import open_shops
from desk.settings import Settings
from evaluation.dialogues import Vocabulary, read_labelled
from evaluation.questions import Question, questions_of
from files.taxonomy import load_taxonomy


def files_of(place: Path) -> tuple[Path, ...]:
    """The file itself, or the `.jsonl` files of a folder by name. Raises InputError when there is none."""
    files = tuple(sorted(place.glob("*.jsonl"))) if place.is_dir() else (place,)
    if not files:
        raise InputError(f"{place}: holds no labelled dialogues (*.jsonl)")
    return files


def open_questions(files: Iterable[Path | str], settings: Settings) -> list[Question]:
    """Every labelled question, in order. Raises DataError, and InputError when there is not one."""
    catalogue = load_catalogue(settings.data / "clauses")
    clauses = frozenset(clause.id for clause in catalogue.all_clauses())
    known = Vocabulary(load_taxonomy(settings.data / "taxonomy.yml"), clauses, open_shops(settings))
    paths = [Path(file) for file in files]
    questions = [question for labelled in read_labelled(paths, known) for question in questions_of(labelled)]
    if not questions:
        raise InputError(f"{', '.join(map(str, paths))}: holds no labelled question")
    return questions
