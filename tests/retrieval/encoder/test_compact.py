from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from contracts.errors import InputError, SetupNeeded
from retrieval.encoder.adapted import wheel_weights
from retrieval.encoder.compact import DESCRIPTION_FILE, CompactEncoder
from retrieval.encoder.compacting import compact
from retrieval.encoder.embedded import EmbeddedEncoder, numbers
from retrieval.encoder.graph import MODEL_FILE
from retrieval.encoder.layout import PARTS_FILE, TABLE_FILE
from retrieval.encoder.network import Network
from retrieval.encoder.protocol import Encoder
from retrieval.encoder.quantising import LEAST_COSINE
from tests.retrieval.encoder.conformance import TEXTS, EncoderConformance, damaged


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("compact")
    assert compact(Network(wheel_weights()), numbers(), folder) >= LEAST_COSINE
    return folder


@pytest.fixture(scope="module")
def loaded(folder: Path) -> CompactEncoder:
    return CompactEncoder.load(folder, threads=1)


class TestCompactEncoder(EncoderConformance):
    @pytest.fixture
    def encoder(self, loaded: CompactEncoder) -> Encoder:
        return loaded


def test_its_vectors_are_nearly_those_of_the_encoder_in_32_bits(
    loaded: CompactEncoder, embedded: EmbeddedEncoder
) -> None:
    cosines = np.sum(loaded.encode(TEXTS) * embedded.encode(TEXTS), axis=1)
    assert cosines.min() > LEAST_COSINE - 0.02


def test_a_text_does_not_see_its_neighbours(loaded: CompactEncoder) -> None:
    together, alone = loaded.encode(["能开票吗", "啥时候发货"]), loaded.encode(["能开票吗"])
    np.testing.assert_array_equal(together[:1], alone)


def test_nothing_but_what_is_served_is_left(folder: Path) -> None:
    assert {path.name for path in folder.iterdir()} == {MODEL_FILE, TABLE_FILE, PARTS_FILE, DESCRIPTION_FILE}


@pytest.mark.parametrize("name", [MODEL_FILE, DESCRIPTION_FILE])
@pytest.mark.parametrize("kept", [None, 0, 30])
def test_a_file_that_is_missing_or_cut_asks_for_the_set_up(
    folder: Path, tmp_path: Path, name: str, kept: int | None
) -> None:
    copy = damaged(folder, tmp_path / "copy", name, kept)
    with pytest.raises(SetupNeeded, match="huashu setup"):
        CompactEncoder.load(copy, 1)


def test_vectors_that_are_not_alike_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("retrieval.encoder.compacting.LEAST_COSINE", 1.1)
    with pytest.raises(InputError, match="in 8 bits"):
        compact(Network(wheel_weights()), numbers(), tmp_path)
