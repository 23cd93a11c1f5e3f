"""Building the stored index from the files of `data/`."""

from __future__ import annotations

from pathlib import Path

from files.taxonomy import load_taxonomy
from retrieval.encoder.protocol import Encoder
from retrieval.index import SearchIndex
from retrieval.library import Library, load_library

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


def build_index(data: Path, var: Path, encoder: Encoder) -> None:
    """Index the library below `data` and store it below `var`. Raises DataError for a faulty library."""
    library = open_library(data)
    SearchIndex.build(library, encoder).save(var / INDEX_FOLDER, library, encoder.card)
