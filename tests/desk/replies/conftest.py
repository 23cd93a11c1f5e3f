from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from compliance.catalogue import load_catalogue
from compliance.checker import Checker
from contracts.taxonomy import Taxonomy
from desk.replies.importing import Importer
from desk.replies.shelf import Shelf
from files.taxonomy import load_taxonomy
from retrieval.building import open_fixed, open_library

FIXED = """\
replies:
  - id: night.notice
    topic: greet/hello
    platforms: [all]
    text: 现在没人
    approved: {by: demo, on: 2026-11-21}
"""


@pytest.fixture
def own(small_data: Path, tmp_path: Path) -> Path:
    """A copy of the small data, with one text that is sent by its name."""
    folder = tmp_path / "data"
    shutil.copytree(small_data, folder)
    (folder / "replies" / "fixed").mkdir()
    (folder / "replies" / "fixed" / "night.yml").write_text(FIXED, encoding="utf-8")
    return folder


def open_shelf(data: Path) -> Shelf:
    """The library below `data` as it is now."""
    taxonomy: Taxonomy = load_taxonomy(data / "taxonomy.yml")
    return Shelf(data / "replies", taxonomy, open_library(data), open_fixed(data))


@pytest.fixture
def shelf(own: Path) -> Shelf:
    return open_shelf(own)


@pytest.fixture
def importer(shelf: Shelf, own: Path) -> Importer:
    return Importer(shelf, Checker(load_catalogue(own / "clauses")))
