"""A new library and its index while messages are answered: made ready beside the old ones, then swapped in one step."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path

from compliance.catalogue import load_catalogue
from compliance.checker import Checker
from contracts.errors import DataError, SetupNeeded
from desk.assembly import Desk, open_encoder
from desk.replies.rules import check_library
from desk.suggest import KEYWORDS_ONLY
from retrieval.building import INDEX_FOLDER, open_library
from retrieval.index import SearchIndex
from retrieval.manifest import Manifest
from retrieval.ranking_record import load_weights
from retrieval.retriever import Retriever

_LOG = logging.getLogger("huashu.desk")

_Stamp = tuple[tuple[str, int, int], ...]
"""Path, time of change and size of each file that was looked at."""


class LibraryWatch:
    """Sees that the library's files or the index have changed, and has the desk serve the new ones.

    While they do not fit each other, or hold a fault, the desk goes on with what it has; the log says why, once.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._seen = _stamp(desk)

    def step(self) -> bool:
        """Look once; there is nothing to do right after."""
        now = _stamp(self._desk)
        if now == self._seen:
            return False
        self._seen = now
        try:
            reload_library(self._desk)
        except (DataError, SetupNeeded) as error:
            _LOG.warning("the library stays as it was: %s", error)
        else:
            _LOG.info("the library was read anew: %d replies", len(self._desk.library))
        return False


def _stamp(desk: Desk) -> _Stamp:
    settings = desk.settings
    files = (*sorted((settings.data / "replies").glob("*.yml")), *sorted((settings.var / INDEX_FOLDER).glob("*")))
    return tuple(_facts(file) for file in files)


def _facts(file: Path) -> tuple[str, int, int]:
    try:
        found = file.stat()
    except OSError:  # the folder is being swapped; the next look sees it
        return str(file), 0, 0
    return str(file), found.st_mtime_ns, found.st_size


def reload_library(desk: Desk) -> None:
    """Serve the replies that are in `data/` now, with the index that `huashu setup` made of them.

    Messages that are being answered end with the library they began with; the next ones have the new one, and its
    encoder where that is another. Nothing changes when this raises: DataError for a faulty library or rule,
    SetupNeeded for an index that is not of this library.
    """
    settings, parts = desk.settings, desk.suggester.parts
    library = open_library(settings.data)
    check_library(library, Checker(load_catalogue(settings.data / "clauses")))
    folder, encoder = settings.var / INDEX_FOLDER, parts.encoder
    if encoder is None or Manifest.read(folder).encoder_fingerprint != encoder.card.fingerprint:
        encoder = open_encoder(settings)
    index = SearchIndex.load(folder, library, encoder.card, settings.store)
    notes = tuple(note for note in parts.notes if not note.startswith(KEYWORDS_ONLY))
    renewed = replace(
        parts, encoder=encoder, retriever=Retriever(library, index, load_weights(settings.data)), notes=notes
    )
    renewed.warm_up()
    desk.suggester.swap(renewed)
