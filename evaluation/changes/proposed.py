"""The desk as it would be with other files in `data/`; neither `data/` nor `var/` is touched."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from compliance.checker import Checker
from contracts.errors import DataError, InputError
from contracts.turn import Inquiry
from contracts.understanding import Understanding
from desk.assembly import PATTERNS_ONLY, Desk, assemble
from desk.suggest import KEYWORDS_ONLY, Parts, Suggester
from desk.understand import Reader
from retrieval.building import INDEX_FOLDER
from retrieval.index import SearchIndex
from retrieval.known import Known
from retrieval.retriever import Retriever
from retrieval.vectors.store import VectorStore

_COPIED = ("*.yml", "replies/**/*.yml", "clauses/**/*.yml", "shops/*.yml", "hours/*.yml")
"""Files of `data/` that a desk reads; what models are trained on changes nothing until they are."""


class Remembering:
    """Asks the intent model once for a message that is put to two desks one after the other."""

    def __init__(self, reader: Reader) -> None:
        self.patience = reader.patience
        self._reader = reader
        self._last: tuple[Inquiry, Understanding] | None = None

    def read(self, inquiry: Inquiry) -> Understanding:
        if self._last is None or self._last[0] != inquiry:
            self._last = (inquiry, self._reader.read(inquiry))
        return self._last[1]

    def ready(self) -> bool:
        return self._reader.ready()

    def close(self) -> None:
        self._reader.close()


def draft_files(draft: Path) -> Mapping[Path, bytes]:
    """The files of a folder that is laid over `data/`, by their places in it. Raises InputError when there is none."""
    found = {path.relative_to(draft): path.read_bytes() for pattern in _COPIED for path in draft.glob(pattern)}
    if not found:
        raise InputError(f"{draft}: holds none of the files of data/, such as replies/invoice.yml or clauses/tmall.yml")
    return found


@contextmanager
def both(desk: Desk, files: Mapping[Path, bytes]) -> Iterator[tuple[Desk, Desk]]:
    """The desk as it is and as it would be with `files` (by their places below `data/`), for the block.

    Both ask the intent model once for a message. Rules that were learnt for other clauses serve neither. Raises
    DataError, with the file's place below `data/`, when the proposal does not load.
    """
    with TemporaryDirectory() as name:
        data = Path(name) / "data"
        _lay(desk.settings.data, files, data)
        reader = Remembering(desk.suggester.parts.reader)
        try:
            after = assemble(desk.settings.model_copy(update={"data": data}), reader)
        except DataError as error:
            raise DataError(
                error.message, file=error.file.replace(str(data), "data"), line=error.line, field=error.field
            ) from None
        parts, now = _searchable(desk, after), replace(desk.suggester.parts, reader=reader)
        if _patterns_alone(parts) and not _patterns_alone(now):
            catalogue = desk.checker.catalogue
            now = replace(now, checker=Checker(catalogue))
        before, after = _desk(desk, now), _desk(after, parts)
        try:
            yield before, after
        finally:
            before.suggester.close()
            after.suggester.close()


def _lay(data: Path, files: Mapping[Path, bytes], target: Path) -> None:
    for pattern in _COPIED:
        for path in data.glob(pattern):
            place = target / path.relative_to(data)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, place)
    for relative, content in files.items():
        place = target / relative
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)


def _searchable(desk: Desk, after: Desk) -> Parts:
    """The proposal's parts with an index of its replies, made in memory; keywords alone where the desk has no more."""
    parts, there = after.suggester.parts, desk.suggester.parts
    if parts.encoder is None or parts.retriever.dense_ready or not there.retriever.dense_ready:
        return parts
    store = desk.settings.store
    known = None if store.milvus else Known.read(desk.settings.var / INDEX_FOLDER, parts.encoder.card, store)
    index = SearchIndex.build(after.library, parts.encoder, VectorStore(), known)
    notes = tuple(note for note in parts.notes if not note.startswith(KEYWORDS_ONLY))
    return replace(parts, retriever=Retriever(after.library, index, parts.retriever.weights), notes=notes)


def _patterns_alone(parts: Parts) -> bool:
    return any(note.startswith(PATTERNS_ONLY) for note in parts.notes)


def _desk(desk: Desk, parts: Parts) -> Desk:
    return replace(desk, suggester=Suggester(parts), checker=parts.checker)
