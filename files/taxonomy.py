"""The taxonomy file: intents, each with its topics and what they cover."""

from __future__ import annotations

from pathlib import Path

from pydantic import RootModel

from contracts.taxonomy import Taxonomy, Topic
from files.records import read_mapping


class _TaxonomyFile(RootModel[dict[str, dict[str, str]]]):
    """Intent -> topic -> what it covers."""


def load_taxonomy(path: Path) -> Taxonomy:
    """The taxonomy of `data/taxonomy.yml`. Raises DataError."""
    groups = read_mapping(path, _TaxonomyFile).value.root
    return Taxonomy(Topic(intent, name, text) for intent, topics in groups.items() for name, text in topics.items())
