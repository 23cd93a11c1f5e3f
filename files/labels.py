"""The short names of topics, `data/topic_labels.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from contracts.taxonomy import Taxonomy
from files.records import read_mapping


class _LabelsFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    labels: dict[str, str]


def load_labels(path: Path, taxonomy: Taxonomy) -> Mapping[str, str]:
    """A few words for every topic of the taxonomy, and for nothing else. Raises DataError."""
    entry = read_mapping(path, _LabelsFile)
    labels = entry.value.labels
    for topic in labels:
        if topic not in taxonomy:
            raise entry.error("unknown topic", f"labels.{topic}")
    for known in taxonomy.topics:
        if not labels.get(known.path, "").strip():
            raise entry.error("has no label", f"labels.{known.path}")
    return labels
