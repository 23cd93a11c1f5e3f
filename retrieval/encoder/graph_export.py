"""The network becomes the folder that `graph.py` serves. Needs torch and onnx: set-up only."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from contracts.errors import InputError
from retrieval.encoder.embedded import Tokenise
from retrieval.encoder.graph import INPUTS, MODEL_FILE, OUTPUT, Graph
from retrieval.encoder.layout import lay_out
from retrieval.encoder.network import Network
from retrieval.encoder.quantising import SENTENCES, in_blocks, write_graph

LEAST_COSINE = 0.999
"""A vector less like the one of torch is refused."""


class _Reading(torch.nn.Module):
    """What the network makes of a layout."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, *layout: Tensor) -> Tensor:
        """Vectors (texts, DIMENSION), each of length 1."""
        return self.network.read(*layout)


def export(network: Network, tokenise: Tokenise, folder: Path) -> None:
    """Writes the graph, its weights in 8 bits, and the table into `folder`.

    Raises InputError when its vectors are less than LEAST_COSINE like those of torch.
    """
    export_whole(network, tokenise, folder)
    in_blocks(folder / MODEL_FILE)
    cosine = float(np.min(np.sum(Graph.load(folder).encode(SENTENCES) * originals(network, tokenise), axis=1)))
    if cosine < LEAST_COSINE:
        raise InputError(f"the encoder's vectors by its graph are only {cosine:.4f} like those of torch")


def export_whole(network: Network, tokenise: Tokenise, folder: Path) -> None:
    """Writes the graph, its weights in 32 bits, and the table into `folder`."""
    network.eval()
    layout = lay_out([np.array(tokenise(sentence), dtype=np.int64) for sentence in SENTENCES], network.table)
    inputs = {name: torch.from_numpy(getattr(layout, name)) for name in INPUTS}
    network.table.save(folder)
    write_graph(_Reading(network), inputs, (1, 1, 2, 1), OUTPUT, folder / MODEL_FILE)


def originals(network: Network, tokenise: Tokenise) -> NDArray[np.float32]:
    """The network's own vectors of SENTENCES, (sentences, DIMENSION)."""
    with torch.no_grad():
        found: NDArray[np.float32] = network(
            [np.array(tokenise(sentence), dtype=np.int64) for sentence in SENTENCES]
        ).numpy()
    return found
