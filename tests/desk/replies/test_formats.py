from __future__ import annotations

from pathlib import Path

import pytest

from contracts.errors import InputError
from desk.replies.formats import file_bytes, suffix_of
from desk.replies.importing import Importer
from desk.replies.shelf import Shelf
from retrieval.library import load_library


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".yml", ".yaml", ".XLSX"])
def test_what_is_exported_is_imported_without_a_change(
    shelf: Shelf, importer: Importer, tmp_path: Path, suffix: str
) -> None:
    path = tmp_path / f"out{suffix}"
    path.write_bytes(file_bytes(list(shelf.replies.values()), path))
    plan = importer.plan(path)
    assert plan.empty
    assert plan.unchanged == len(shelf.replies)
    assert plan.notes == ()


def test_exported_yaml_is_a_file_of_the_library(shelf: Shelf, tmp_path: Path) -> None:
    path = tmp_path / "out.yml"
    path.write_bytes(file_bytes(shelf.library.replies, path))
    assert load_library(tmp_path, shelf.taxonomy).replies == shelf.library.replies


@pytest.mark.parametrize("name", ["a.xls", "a.txt", "a"])
def test_another_format_is_refused(name: str) -> None:
    with pytest.raises(InputError, match=r"use \.csv, \.xlsx or \.yml"):
        suffix_of(Path(name))
