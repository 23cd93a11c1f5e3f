from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from contracts.errors import SetupNeeded
from retrieval.encoder.adapted import wheel_weights
from retrieval.encoder.embedded import DIMENSION, EmbeddedEncoder, numbers
from retrieval.encoder.graph import MODEL_FILE, Graph
from retrieval.encoder.graph_export import LEAST_COSINE, export
from retrieval.encoder.layout import PARTS_FILE, TABLE_FILE
from retrieval.encoder.network import Network
from tests.retrieval.encoder.conformance import TEXTS, damaged


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("graph")
    export(Network(wheel_weights()), numbers(), folder)
    return folder


def test_its_vectors_are_nearly_those_of_the_numpy_path(folder: Path, embedded: EmbeddedEncoder) -> None:
    cosines = np.sum(Graph.load(folder).encode(TEXTS) * embedded.encode(TEXTS), axis=1)
    assert cosines.min() > LEAST_COSINE


def test_a_text_does_not_see_its_neighbours(folder: Path) -> None:
    graph = Graph.load(folder)
    np.testing.assert_array_equal(graph.encode(TEXTS)[2:3], graph.encode(TEXTS[2:3]))


def test_no_texts_have_no_vectors(folder: Path) -> None:
    assert Graph.load(folder).encode([]).shape == (0, DIMENSION)


@pytest.mark.parametrize("name", [MODEL_FILE, TABLE_FILE, PARTS_FILE])
@pytest.mark.parametrize("kept", [None, 0, 30])
def test_a_file_that_is_missing_or_cut_asks_for_the_set_up(
    folder: Path, tmp_path: Path, name: str, kept: int | None
) -> None:
    copy = damaged(folder, tmp_path / "copy", name, kept)
    with pytest.raises(SetupNeeded, match="huashu setup"):
        Graph.load(copy)
