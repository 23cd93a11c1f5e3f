from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import BertModel

from contracts.errors import InputError
from retrieval.encoder.export import export
from retrieval.encoder.licences import MULTILINGUAL_E5
from retrieval.encoder.packed import Packed
from retrieval.encoder.transformer import TransformerEncoder
from retrieval.encoder.unpacking import MODEL, network_of, tokenizer_of, unpack_model
from tests.retrieval.encoder import packing


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Packed:
    return Packed.read(packing.pack(packing.small(), tmp_path_factory.mktemp("packed") / "small.bin"))


def test_the_likeliest_pieces_between_two_marks(packed: Packed) -> None:
    tokenizer = tokenizer_of(packed.pieces)
    assert tokenizer.encode("能开发票吗").tokens == ["<s>", "\u2581能", "开", "发票", "吗", "</s>"]
    assert tokenizer.encode("").ids == [0, 2]
    assert tokenizer.encode("龘").ids == [0, 4, 3, 2]


def test_what_is_written_alike_is_read_alike(packed: Packed) -> None:
    tokenizer = tokenizer_of(packed.pieces)
    assert tokenizer.encode("什么\u200b时候\t\t \uff21").tokens == tokenizer.encode("什么时候 A").tokens


def test_the_network_has_the_weights_of_the_file(packed: Packed) -> None:
    network = network_of(packed)
    assert isinstance(network, BertModel)
    model, layer = packing.small(), network.encoder.layer[1]
    np.testing.assert_array_equal(layer.output.dense.weight.detach().numpy(), model.matrices["l1.fo.w"])
    np.testing.assert_array_equal(layer.attention.output.LayerNorm.bias.detach().numpy(), model.vectors["l1.aln.b"])


def test_a_tensor_of_another_size_is_refused(tmp_path: Path) -> None:
    model = packing.small()
    short = replace(model, vectors={**model.vectors, "l0.q.b": np.zeros(8, np.float32)})
    with pytest.raises(InputError, match="does not fit together"):
        network_of(Packed.read(packing.pack(short, tmp_path / "short.bin")))


def test_what_is_exported_gives_the_mean_over_the_tokens(packed: Packed, tmp_path: Path) -> None:
    unpack_model(packed, tmp_path / "unpacked")
    exported = export("small", tmp_path / "unpacked" / MODEL, tmp_path / "exported", print, MULTILINGUAL_E5)
    assert (exported.prefix, exported.pooling, exported.business_use) == ("query: ", "mean", True)
    text = "能开发票吗"
    vector = TransformerEncoder.from_folder(tmp_path / "exported", threads=1).encode([text])[0]
    ids = torch.tensor([tokenizer_of(packed.pieces).encode("query: " + text).ids])
    with torch.no_grad():
        mean = network_of(packed)(ids).last_hidden_state[0].mean(0).numpy()
    assert vector @ mean / np.linalg.norm(mean) > 0.98
