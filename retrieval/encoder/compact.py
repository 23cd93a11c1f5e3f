"""The embedded encoder's network with trained weights in 8 bits, run by ONNX Runtime: a third of the time of 32 bits.

Folder: `model.onnx`, `tokens.npy` (the table of token vectors, left on disk and shared by all processes), `parts.npz`
(its scales) and `encoder.json` (a digest of the three).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray
from onnxruntime import InferenceSession

from contracts.errors import SetupNeeded
from retrieval.encoder import licences
from retrieval.encoder.embedded import CARD, DIMENSION, Tokenise, check_version, numbers
from retrieval.encoder.layout import Table, lay_out
from retrieval.encoder.protocol import EncoderCard, encodable, fingerprint_of
from retrieval.encoder.sessions import open_session

NAME = "compact"
MODEL_FILE = "model.onnx"
TABLE_FILE = "tokens.npy"
PARTS_FILE = "parts.npz"
DESCRIPTION_FILE = "encoder.json"
INPUTS = ("tokens", "windows", "members", "lengths")
"""Inputs of the graph, by the names of a Layout."""
OUTPUT = "vectors"


class CompactEncoder:
    """One text at a time: int8 scales would make a text's vector depend on its neighbours."""

    def __init__(self, table: Table, tokenise: Tokenise, session: InferenceSession, content: str) -> None:
        """`content` is the digest of what the encoder was loaded from."""
        self._table = table
        self._tokenise = tokenise
        self._session = session
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
            rows = np.load(folder / TABLE_FILE, mmap_mode="r", allow_pickle=False)
            with (folder / PARTS_FILE).open("rb") as file, np.load(file, allow_pickle=False) as parts:
                table = Table(rows, parts["scale"], parts["low"])
        except (OSError, EOFError, BadZipFile, ValueError, KeyError, TypeError) as error:
            raise SetupNeeded(f"no encoder is prepared in {folder} ({error}); run `huashu setup`") from None
        return cls(table, numbers(), open_session(folder / MODEL_FILE, threads), content)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of shape (len(texts), DIMENSION), each row of length 1."""
        vectors = np.empty((len(texts), DIMENSION), dtype=np.float32)
        for row, text in enumerate(texts):
            layout = lay_out([np.array(self._tokenise(encodable(text)), dtype=np.int64)], self._table)
            vectors[row] = self._session.run([OUTPUT], {name: getattr(layout, name) for name in INPUTS})[0][0]
        return vectors
