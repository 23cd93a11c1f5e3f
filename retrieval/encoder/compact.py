"""The embedded encoder's network with trained weights and what it multiplies them with in 8 bits.

Folder: that of `graph.py`, and `encoder.json` (a digest of its files). The table of token vectors is left on disk and
shared by all processes.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from contracts.errors import SetupNeeded
from retrieval.encoder import licences
from retrieval.encoder.embedded import CARD, DIMENSION, check_version
from retrieval.encoder.graph import Graph
from retrieval.encoder.protocol import EncoderCard, encodable, fingerprint_of

NAME = "compact"
DESCRIPTION_FILE = "encoder.json"


class CompactEncoder:
    """The graph of the network, and who it is."""

    def __init__(self, graph: Graph, content: str) -> None:
        """`content` is the digest of what the encoder was loaded from."""
        self._graph = graph
        self.card = EncoderCard(
            NAME,
            licences.EMBEDDED.text,
            licences.EMBEDDED.business_use,
            DIMENSION,
            fingerprint_of(CARD.fingerprint, content),
        )

    @classmethod
    def load(cls, folder: Path, threads: int) -> CompactEncoder:
        """The encoder in `folder` with `threads` threads within an operation. Raises SetupNeeded when incomplete."""
        check_version()
        try:
            content = str(json.loads((folder / DESCRIPTION_FILE).read_text(encoding="utf-8"))["content"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise SetupNeeded(f"no encoder is prepared in {folder} ({error}); run `huashu setup`") from None
        return cls(Graph.load(folder, threads), content)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of shape (len(texts), DIMENSION), each row of length 1."""
        return self._graph.encode([encodable(text) for text in texts])
