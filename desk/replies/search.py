"""The library searched by its owner: by meaning and by words, whatever the state, without an intent model."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from contracts.candidate import Scores
from contracts.parts import split_parts
from contracts.platform import Platform
from contracts.reply import Reply
from retrieval.encoder.protocol import Encoder
from retrieval.retriever import Retriever

UNDECIDED = 0.5
"""The prior of a topic that nobody has guessed."""


@dataclass(frozen=True)
class Hit:
    """A reply that was found, with the score by which the hits are ordered and the two it is made of (each 0..1)."""

    reply: Reply
    score: float
    dense: float
    keyword: float


def search(text: str, retriever: Retriever, encoder: Encoder | None, platform: Platform | None, k: int) -> list[Hit]:
    """The `k` best replies for the words, of `platform` or of all; by keywords alone when there are no vectors.

    The order is that of suggestions when the intent model knows nothing.
    """
    vectors = np.empty((0, 0), dtype=np.float32)
    if encoder is not None and retriever.dense_ready:
        vectors = encoder.encode([text, *split_parts(text)])
    found = retriever.search(text, vectors, platform)
    hits = []
    for position in {*found.dense, *found.keyword}:
        dense, keyword = found.dense.get(position, 0.0), found.keyword.get(position, 0.0)
        score = retriever.weights.confidence(Scores(dense=dense, keyword=keyword, prior=UNDECIDED))
        hits.append(Hit(retriever.library.replies[position], score, dense, keyword))
    return sorted(hits, key=lambda hit: (-hit.score, hit.reply.id))[:k]
