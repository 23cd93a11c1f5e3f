"""A sentence encoder of a few lines for tests of the pipeline."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from retrieval.encoder.protocol import EncoderCard


class HashEncoder:
    """Characters thrown into 32 buckets: texts that share characters are near."""

    def __init__(self, fingerprint: str = "h" * 64) -> None:
        self.card = EncoderCard("hash", "none", True, 32, fingerprint)

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        rows = np.zeros((len(texts), 32), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for character in text:
                row[ord(character) % 32] += 1
            row /= np.linalg.norm(row) or 1
        return rows
