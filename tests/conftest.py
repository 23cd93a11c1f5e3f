"""What several folders of tests share; read by both runtimes, so a fixture imports what it needs when asked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests import sharing

if TYPE_CHECKING:
    from compliance.catalogue import Catalogue
    from compliance.checker import Checker
    from contracts.taxonomy import Taxonomy
    from retrieval.encoder.protocol import Encoder
    from retrieval.index import SearchIndex
    from retrieval.library import Library

PROJECT = Path(__file__).resolve().parents[1]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What runs long runs first."""
    sharing.long_first(items)


@pytest.hookimpl(optionalhook=True)  # the Rasa runtime has no xdist
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Who runs what."""
    return sharing.scheduler(config, log)


@pytest.fixture(scope="session")
def project() -> Path:
    return PROJECT


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of shipped data."""
    return PROJECT / "data"


@pytest.fixture(scope="session")
def taxonomy(data: Path) -> Taxonomy:
    from files.taxonomy import load_taxonomy

    return load_taxonomy(data / "taxonomy.yml")


@pytest.fixture(scope="session")
def shipped_library(data: Path) -> Library:
    from retrieval.building import open_library

    return open_library(data)


@pytest.fixture(scope="session")
def catalogue(data: Path) -> Catalogue:
    from compliance.catalogue import load_catalogue

    return load_catalogue(data / "clauses")


@pytest.fixture(scope="session")
def checker(catalogue: Catalogue) -> Checker:
    from compliance.checker import Checker

    return Checker(catalogue)


@pytest.fixture(scope="session")
def embedded() -> Encoder:
    """The encoder that is shipped, on one core."""
    from retrieval.encoder.embedded import EmbeddedEncoder

    return EmbeddedEncoder.from_wheel(1)


@pytest.fixture(scope="session")
def var(tmp_path_factory: pytest.TempPathFactory, data: Path, embedded: Encoder) -> Path:
    """A `var` folder with the index of the shipped library. Not to be changed."""
    from retrieval.building import build_index

    folder = tmp_path_factory.mktemp("var")
    build_index(data, folder, embedded)
    return folder


@pytest.fixture(scope="session")
def shipped_index(var: Path, shipped_library: Library, embedded: Encoder) -> SearchIndex:
    from retrieval.building import INDEX_FOLDER
    from retrieval.index import SearchIndex

    return SearchIndex.load(var / INDEX_FOLDER, shipped_library, embedded.card)


@pytest.fixture(scope="session")
def small_data() -> Path:
    """A data folder of five replies, two rules and two shops. Not to be changed."""
    return PROJECT / "tests" / "small_data"


@pytest.fixture(scope="session")
def small_var(tmp_path_factory: pytest.TempPathFactory, small_data: Path, embedded: Encoder) -> Path:
    """A `var` folder with the index of `small_data`. Not to be changed."""
    from retrieval.building import build_index

    folder = tmp_path_factory.mktemp("small-var")
    build_index(small_data, folder, embedded)
    return folder
