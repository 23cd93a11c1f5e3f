"""Trained weights become the folder that `compact.py` serves. Needs torch and onnx: set-up only."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from contracts.errors import InputError
from retrieval.encoder.compact import (
    DESCRIPTION_FILE,
    INPUTS,
    MODEL_FILE,
    OUTPUT,
    PARTS_FILE,
    TABLE_FILE,
    CompactEncoder,
)
from retrieval.encoder.embedded import Tokenise
from retrieval.encoder.export import digest_of
from retrieval.encoder.layout import lay_out
from retrieval.encoder.network import Network
from retrieval.encoder.quantising import LEAST_COSINE, SENTENCES, quantise, write_graph


class _Reading(torch.nn.Module):
    """What the network makes of a layout."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, *layout: Tensor) -> Tensor:
        """Vectors (texts, DIMENSION), each of length 1."""
        return self.network.read(*layout)


def compact(network: Network, tokenise: Tokenise, folder: Path) -> float:
    """Fills the empty `folder`; the smallest cosine between a sentence's vector in 8 bits and in 32.

    Raises InputError when that is below LEAST_COSINE.
    """
    network.eval()
    texts = [np.array(tokenise(sentence), dtype=np.int64) for sentence in SENTENCES]
    layout = lay_out(texts, network.table)
    inputs = {name: torch.from_numpy(getattr(layout, name)) for name in INPUTS}
    np.save(folder / TABLE_FILE, network.table.rows)
    np.savez(folder / PARTS_FILE, scale=network.table.scale, low=network.table.low)
    graph = folder / "float.onnx"
    write_graph(_Reading(network), inputs, (1, 1, 2, 1), OUTPUT, graph)
    with torch.no_grad():
        original = network(texts).numpy()

    def likeness() -> float:
        files = [folder / name for name in (MODEL_FILE, TABLE_FILE, PARTS_FILE)]
        described = json.dumps({"content": digest_of(files, folder)})
        (folder / DESCRIPTION_FILE).write_text(described + "\n", encoding="utf-8")
        compacted = CompactEncoder.load(folder, threads=1).encode(SENTENCES)
        return float(np.min(np.sum(original * compacted, axis=1)))

    cosine = quantise(graph, folder / MODEL_FILE, likeness)
    graph.unlink()
    if cosine < LEAST_COSINE:
        raise InputError(f"the encoder's vectors in 8 bits are only {cosine:.3f} like those in 32")
    return cosine
