"""Sentence vectors in a flat faiss index: what tutorials of sentence-transformers show."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import faiss
import numpy as np
from numpy.typing import NDArray

from evaluation.peers.passages import DEPTH, Passages
from evaluation.peers.protocol import Ask, Canned, Hit

Encode = Callable[[list[str]], NDArray[np.float32]]
"""Texts to vectors (n, dimension) of length 1."""


class SentenceVectors:
    """The nearest texts and questions by cosine."""

    def __init__(self, encode: Encode) -> None:
        self._encode = encode

    @classmethod
    def of_folder(cls, folder: str) -> SentenceVectors:
        """With a sentence-transformers model that lies in a folder, by that library itself."""
        from sentence_transformers import SentenceTransformer

        model = SentenceTransformer(folder, device="cpu", local_files_only=True)

        def encode(texts: list[str]) -> NDArray[np.float32]:
            vectors: NDArray[np.float32] = model.encode(texts, normalize_embeddings=True, show_progress_bar=False)
            return vectors

        return cls(encode)

    def index(self, replies: Sequence[Canned]) -> None:
        """Encode everything."""
        self._passages = Passages(replies)
        vectors = self._encode(self._passages.texts)
        self._index = faiss.IndexFlatIP(vectors.shape[1])
        self._index.add(vectors)

    def suggest(self, ask: Ask, k: int) -> list[Hit]:
        """Whatever is nearest, however far."""
        cosines, numbers = self._index.search(self._encode([ask.text]), min(DEPTH, self._index.ntotal))
        scored = zip(numbers[0].tolist(), cosines[0].tolist(), strict=True)
        return self._passages.best(scored, ask.platform, k)
