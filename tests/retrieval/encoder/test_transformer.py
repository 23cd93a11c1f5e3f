from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from contracts.errors import SetupNeeded
from retrieval.encoder.protocol import Encoder
from retrieval.encoder.transformer import DESCRIPTION_FILE, MODEL_FILE, TOKENIZER_FILE, Exported, TransformerEncoder
from tests.retrieval.encoder.conformance import EncoderConformance

Export = tuple[Path, Exported, list[str]]


class TestTransformerEncoder(EncoderConformance):
    @pytest.fixture
    def encoder(self, exported: Export) -> Encoder:
        return TransformerEncoder.from_folder(exported[0], threads=1)


def test_description_survives_writing(tmp_path: Path, exported: Export) -> None:
    exported[1].write(tmp_path)
    assert Exported.read(tmp_path) == exported[1]


@pytest.mark.parametrize("change", [{"prefix": "查询："}, {"max_length": 8}], ids=["prefix", "length"])
def test_what_changes_vectors_changes_the_fingerprint(tmp_path: Path, exported: Export, change: dict[str, str]) -> None:
    folder = tmp_path / "other"
    shutil.copytree(exported[0], folder)
    values = json.loads((folder / DESCRIPTION_FILE).read_text(encoding="utf-8"))
    (folder / DESCRIPTION_FILE).write_text(json.dumps({**values, **change}), encoding="utf-8")
    before, after = (TransformerEncoder.from_folder(place, threads=1) for place in (exported[0], folder))
    text = "昨天付的款怎么现在还没有发出来"
    assert before.card.fingerprint != after.card.fingerprint
    assert float(np.abs(before.encode([text]) - after.encode([text])).max()) > 1e-3


@pytest.mark.parametrize("missing", [DESCRIPTION_FILE, MODEL_FILE, TOKENIZER_FILE])
def test_a_file_that_is_missing_or_broken_needs_setup(tmp_path: Path, exported: Export, missing: str) -> None:
    folder = tmp_path / "other"
    shutil.copytree(exported[0], folder)
    for content in (b"", b"{}", b"\xff\x00"):
        (folder / missing).write_bytes(content)
        with pytest.raises(SetupNeeded, match="huashu setup"):
            TransformerEncoder.from_folder(folder, threads=1)
    (folder / missing).unlink()
    with pytest.raises(SetupNeeded, match="huashu setup"):
        TransformerEncoder.from_folder(folder, threads=1)
