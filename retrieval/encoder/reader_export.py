"""The network and the attention above it become the folder that `topic_reader.py` serves. Needs torch and onnx."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from contracts.errors import InputError
from retrieval.encoder.attention import Attention
from retrieval.encoder.embedded import Tokenise
from retrieval.encoder.network import Network
from retrieval.encoder.quantising import SENTENCES, write_graph
from retrieval.encoder.sessions import open_session
from retrieval.encoder.talk import lay_out_talk
from retrieval.encoder.topic_reader import FACTS_FILE, GRAPH_FILE, OUTPUT, inputs_of

_NEAR = 1e-3
"""A log probability that differs by more from what torch says is refused."""


class _Reading(torch.nn.Module):
    """Network and attention as one function of what `inputs_of` names."""

    def __init__(self, network: Network, attention: Attention) -> None:
        super().__init__()
        self.network = network
        self.attention = attention

    def forward(self, tokens: Tensor, windows: Tensor, *rows: Tensor) -> Tensor:
        """Log probabilities (n, topics)."""
        return functional.log_softmax(self.attention(self.network.features(tokens, windows), *rows), -1)


def export(
    network: Network, attention: Attention, tokenise: Tokenise, topics: Sequence[str], encoder: str, folder: Path
) -> None:
    """Writes the graph and its facts into `folder`. Raises InputError when the graph reads otherwise than torch."""
    reading = _Reading(network, attention).eval()
    tokens = [np.array(tokenise(sentence), dtype=np.int64) for sentence in SENTENCES]
    none = np.zeros(0, dtype=np.int64)
    rows = [
        (line, tokens[place - 1] if place % 2 else none, tokens[0] if place % 3 else none)
        for place, line in enumerate(tokens)
    ]
    inputs = inputs_of(lay_out_talk(rows, network.table))
    tensors = {name: torch.from_numpy(value) for name, value in inputs.items()}
    write_graph(reading, tensors, (1, 1, 2, 2, 2, 2, 2), OUTPUT, folder / GRAPH_FILE)
    (folder / FACTS_FILE).write_text(json.dumps({"topics": list(topics), "encoder": encoder}) + "\n", encoding="utf-8")
    with torch.no_grad():
        original = reading(*tensors.values()).numpy()
    served = open_session(folder / GRAPH_FILE, 1).run([OUTPUT], inputs)[0]
    if not np.allclose(original, served, atol=_NEAR):
        raise InputError(f"the topic reader's graph differs from torch by up to {np.abs(original - served).max():.4f}")
