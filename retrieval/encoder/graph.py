"""The embedded encoder's network, its weights trained anew, as a graph that ONNX Runtime runs.

Folder: `model.onnx` and the table of token vectors.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from onnxruntime import InferenceSession

from retrieval.encoder.embedded import DIMENSION, Tokenise, numbers
from retrieval.encoder.layout import Table, lay_out
from retrieval.encoder.sessions import open_session

MODEL_FILE = "model.onnx"
INPUTS = ("tokens", "windows", "members", "lengths")
"""Inputs of the graph, by the names of a Layout."""
OUTPUT = "vectors"


class Graph:
    """Texts to vectors, one at a time: the runtime rounds products of weights in 8 bits by what they stand beside.

    Safe to use from several threads.
    """

    def __init__(self, table: Table, tokenise: Tokenise, session: InferenceSession) -> None:
        self._table = table
        self._tokenise = tokenise
        self._session = session

    @classmethod
    def load(cls, folder: Path, threads: int = 1) -> Graph:
        """The graph in `folder`, `threads` threads within an operation. Raises SetupNeeded when it is incomplete."""
        table = Table.load(folder)
        return cls(table, numbers(), open_session(folder / MODEL_FILE, threads))

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of shape (len(texts), DIMENSION), each row of length 1; the texts hold no lone surrogates."""
        vectors = np.empty((len(texts), DIMENSION), dtype=np.float32)
        for row, text in enumerate(texts):
            layout = lay_out([np.array(self._tokenise(text), dtype=np.int64)], self._table)
            vectors[row] = self._session.run([OUTPUT], {name: getattr(layout, name) for name in INPUTS})[0][0]
        return vectors
