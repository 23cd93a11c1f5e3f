"""What labels may name in an installation."""

from __future__ import annotations

from compliance.catalogue import Catalogue, load_catalogue
from desk.assembly import Desk, open_shops
from desk.settings import Settings
from desk.shops import Shops
from evaluation.dialogues import Vocabulary
from files.taxonomy import load_taxonomy


def open_vocabulary(settings: Settings) -> Vocabulary:
    """Its topics, its rules with those of single shops, and its shops, read anew. Raises DataError."""
    return _vocabulary(settings, load_catalogue(settings.data / "clauses"), open_shops(settings))


def vocabulary_of(desk: Desk) -> Vocabulary:
    """The same for a desk that is open. Raises DataError."""
    return _vocabulary(desk.settings, desk.checker.catalogue, desk.shops)


def _vocabulary(settings: Settings, catalogue: Catalogue, shops: Shops) -> Vocabulary:
    clauses = frozenset(clause.id for clause in catalogue.all_clauses())
    return Vocabulary(load_taxonomy(settings.data / "taxonomy.yml"), clauses, shops)
