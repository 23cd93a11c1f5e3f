from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from contracts.errors import InputError
from retrieval.encoder.adapted import wheel_weights
from retrieval.encoder.embedded import numbers
from retrieval.encoder.graph import MODEL_FILE, Graph
from retrieval.encoder.graph_export import export, export_whole
from retrieval.encoder.layout import PARTS_FILE, TABLE_FILE
from retrieval.encoder.network import Network


def test_nothing_but_what_is_served_is_left(tmp_path: Path) -> None:
    export(Network(wheel_weights()), numbers(), tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {MODEL_FILE, TABLE_FILE, PARTS_FILE}


def test_weights_in_blocks_take_a_quarter_of_the_room(tmp_path: Path) -> None:
    sizes = []
    for way in (export, export_whole):
        way(Network(wheel_weights()), numbers(), tmp_path)
        sizes.append((tmp_path / MODEL_FILE).stat().st_size)
    assert sizes[0] < sizes[1] / 3


def test_a_graph_with_other_vectors_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Graph, "encode", lambda _, texts: np.zeros((len(texts), 512), np.float32))
    with pytest.raises(InputError, match="like those of torch"):
        export(Network(wheel_weights()), numbers(), tmp_path)
