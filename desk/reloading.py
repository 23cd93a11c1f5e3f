"""A new library and its index while messages are answered: made ready beside the old ones, then swapped in one step."""

from __future__ import annotations

from dataclasses import replace

from compliance.catalogue import load_catalogue
from compliance.checker import Checker
from desk.assembly import Desk, open_encoder
from desk.replies.rules import check_library
from desk.suggest import KEYWORDS_ONLY
from retrieval.building import INDEX_FOLDER, open_library
from retrieval.index import SearchIndex
from retrieval.manifest import Manifest
from retrieval.ranking_record import load_weights
from retrieval.retriever import Retriever


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
