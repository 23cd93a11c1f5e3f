"""What labels may name in this installation."""

from __future__ import annotations

from compliance.catalogue import load_catalogue
from desk.assembly import open_shops
from desk.settings import Settings
from evaluation.dialogues import Vocabulary
from files.taxonomy import load_taxonomy


def open_vocabulary(settings: Settings) -> Vocabulary:
    """Its topics, its rules with those of single shops, and its shops. Raises DataError."""
    catalogue = load_catalogue(settings.data / "clauses")
    clauses = frozenset(clause.id for clause in catalogue.all_clauses())
    return Vocabulary(load_taxonomy(settings.data / "taxonomy.yml"), clauses, open_shops(settings))
