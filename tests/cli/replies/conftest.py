from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from retrieval.building import open_library
from retrieval.library import Library
from tests.cli.conftest import Huashu


@pytest.fixture
def library(small_data: Path) -> Library:
    return open_library(small_data)


@pytest.fixture
def own_data(huashu: Huashu, small_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:  # noqa: ARG001 - it sets the place that this one changes
    """A copy of the small data that the command reads in its place."""
    folder = tmp_path / "data"
    shutil.copytree(small_data, folder)
    monkeypatch.setenv("HUASHU_DATA", str(folder))
    return folder
