from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from contracts.taxonomy import Taxonomy
from desk.shops import load_shops
from evaluation.dialogues import Vocabulary
from files.jsonl import JsonLine
from retrieval.slots import SLOT_NAMES
from tests.evaluation.written import labelled_record, write_lines


@pytest.fixture(scope="session")
def known(data: Path, taxonomy: Taxonomy) -> Vocabulary:
    """What labels may name: shipped topics and shops, and two clauses."""
    clauses = frozenset({"tmall.contact.any", "tmall.invoice.refused"})
    return Vocabulary(taxonomy, clauses, load_shops(data / "shops", SLOT_NAMES, taxonomy))


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    """Writes records, or plain lines of text, to a file of dialogues."""

    def write(*records: dict[str, Any] | str, name: str = "d.jsonl") -> Path:
        return write_lines(tmp_path / name, records)

    return write


@pytest.fixture
def line() -> Callable[..., JsonLine]:
    """A line that holds a labelled dialogue, with top-level keys changed."""

    def make(**changes: Any) -> JsonLine:
        return JsonLine(3, labelled_record(**changes))

    return make
