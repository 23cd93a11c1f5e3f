"""Building the stored index from the files of `data/`."""

from __future__ import annotations

from pathlib import Path

from files.taxonomy import load_taxonomy
from retrieval.encoder.protocol import Encoder
from retrieval.filling import Changes, Progress
from retrieval.index import SearchIndex
from retrieval.known import Known
from retrieval.library import Library, load_library
from retrieval.vectors.store import VectorStore

INDEX_FOLDER = "index"


def open_library(data: Path) -> Library:
    """The library below `data`. Raises DataError."""
    return load_library(data / "replies", load_taxonomy(data / "taxonomy.yml"))


def open_fixed(data: Path) -> Library:
    """The texts below `data` that are sent by their name; none where the folder is missing. Raises DataError."""
    folder = data / "replies" / "fixed"
    if not folder.is_dir():
        return Library(())
    return load_library(folder, load_taxonomy(data / "taxonomy.yml"), fixed=True)


def build_index(
    data: Path,
    var: Path,
    encoder: Encoder,
    store: VectorStore = VectorStore(),
    progress: Progress = lambda _done, _total: None,
) -> Changes:
    """Index the library below `data` and store it below `var`: what the index there knows already is kept.

    Raises DataError for a faulty library and ServiceDown when the store does not answer; the stored index stays then.
    """
    library = open_library(data)
    folder = var / INDEX_FOLDER
    known = Known.read(folder, encoder.card, store)
    index = SearchIndex.build(library, encoder, store, known, progress)
    index.save(folder, library, encoder.card, store)
    return index.changes
