from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from contracts.errors import InputError
from retrieval.encoder import reader_export
from retrieval.encoder.adapted import wheel_weights
from retrieval.encoder.attention import Attention
from retrieval.encoder.embedded import numbers
from retrieval.encoder.network import Network
from retrieval.encoder.topic_reader import FACTS_FILE, GRAPH_FILE

TOPICS = ("invoice/issue", "shipping/delay")


def export(folder: Path) -> None:
    torch.manual_seed(3)
    attention = Attention(topics=2, width=8, layers=1, heads=2, dropout=0.5)
    reader_export.export(Network(wheel_weights()), attention, numbers(), TOPICS, "e" * 64, folder)


def test_nothing_but_what_is_served_is_left(tmp_path: Path) -> None:
    export(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {GRAPH_FILE, FACTS_FILE}


def test_a_graph_that_reads_otherwise_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Other:
        def run(self, _names: object, inputs: dict[str, np.ndarray]) -> list[np.ndarray]:
            return [np.zeros((len(inputs["places"]), 2), np.float32)]

    monkeypatch.setattr(reader_export, "open_session", lambda *_: Other())
    with pytest.raises(InputError, match="differs from torch"):
        export(tmp_path)
