"""Any exported sentence-transformers model, served by ONNX Runtime: no torch on the hot path.

Folder: `model.onnx` (int8; pooling, further layers and normalisation are part of the graph), `tokenizer.json`
and `encoder.json` (the card, and what the export read from the model).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from onnxruntime import InferenceSession
from tokenizers import Tokenizer

from contracts.errors import SetupNeeded
from retrieval.encoder.protocol import EncoderCard, encodable, fingerprint_of
from retrieval.encoder.sessions import open_session

MODEL_FILE = "model.onnx"
TOKENIZER_FILE = "tokenizer.json"
DESCRIPTION_FILE = "encoder.json"
OUTPUT = "sentence_embedding"


@dataclass(frozen=True)
class Exported:
    """What `encoder.json` holds.

    `pooling` names how token vectors became one (for the record: the graph does it), `max_length` counts tokens,
    `prefix` stands before every text, `content` is the SHA-256 of graph and tokenizer, `source` that of the files
    that were exported, `cosine` the smallest likeness (-1..1) of the int8 vectors to those of the original model
    over the sentences of the check.
    """

    name: str
    licence: str
    business_use: bool
    dimension: int
    pooling: str
    max_length: int
    prefix: str
    content: str
    source: str
    cosine: float

    @property
    def card(self) -> EncoderCard:
        """Which encoder this is."""
        fingerprint = fingerprint_of(self.content, self.pooling, str(self.max_length), self.prefix)
        return EncoderCard(self.name, self.licence, self.business_use, self.dimension, fingerprint)

    @classmethod
    def read(cls, folder: Path) -> Exported:
        """The description in `folder`. Raises SetupNeeded when there is none or it is not of this version."""
        try:
            return cls(**json.loads((folder / DESCRIPTION_FILE).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError) as error:
            raise SetupNeeded(f"no encoder is prepared in {folder} ({error}); run `huashu setup`") from None

    def write(self, folder: Path) -> None:
        """Writes the description into `folder`."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=2)
        (folder / DESCRIPTION_FILE).write_text(text + "\n", encoding="utf-8")


class TransformerEncoder:
    """One text at a time through the graph: a batch is no faster on a CPU, and int8 scales would make a text's
    vector depend on its neighbours."""

    def __init__(self, exported: Exported, tokenizer: Tokenizer, session: InferenceSession) -> None:
        self._exported = exported
        self._tokenizer = tokenizer
        self._session = session
        self._inputs = {given.name for given in session.get_inputs()}

    @classmethod
    def from_folder(cls, folder: Path, threads: int) -> TransformerEncoder:
        """The encoder in `folder` with `threads` threads within an operation. Raises SetupNeeded when incomplete."""
        exported = Exported.read(folder)
        try:
            tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
        except Exception as error:  # the library raises bare Exception subclasses of its own
            raise SetupNeeded(f"the encoder in {folder} cannot be loaded ({error}); run `huashu setup`") from None
        session = open_session(folder / MODEL_FILE, threads)
        tokenizer.no_padding()
        tokenizer.enable_truncation(exported.max_length)
        return cls(exported, tokenizer, session)

    @property
    def card(self) -> EncoderCard:
        """Which encoder this is."""
        return self._exported.card

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of shape (len(texts), card.dimension), each row of length 1."""
        vectors = np.empty((len(texts), self.card.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            vectors[row] = self._encode_one(self._exported.prefix + encodable(text))
        return vectors

    def _encode_one(self, text: str) -> NDArray[np.float32]:
        """The vector (dimension,) of one text, of length 1."""
        encoding = self._tokenizer.encode(text)
        offered = {
            "input_ids": encoding.ids,
            "attention_mask": encoding.attention_mask,
            "token_type_ids": encoding.type_ids,
        }
        given = {name: np.array([values], dtype=np.int64) for name, values in offered.items() if name in self._inputs}
        vector: NDArray[np.float32] = self._session.run([OUTPUT], given)[0][0]
        return vector / max(float(np.linalg.norm(vector)), 1e-12)
