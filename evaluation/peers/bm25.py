"""BM25 alone: bm25s over words cut by jieba, as its README shows."""

from __future__ import annotations

from collections.abc import Sequence

import bm25s
import jieba

from evaluation.peers.passages import DEPTH, Passages
from evaluation.peers.protocol import Ask, Canned, Hit


class Bm25:
    """Keyword search over texts and questions of the replies."""

    def index(self, replies: Sequence[Canned]) -> None:
        """Cut everything into words and count them."""
        self._passages = Passages(replies)
        self._engine = bm25s.BM25()
        self._engine.index([jieba.lcut(text) for text in self._passages.texts], show_progress=False)

    def suggest(self, ask: Ask, k: int) -> list[Hit]:
        """Replies that share a word with the message."""
        depth = min(DEPTH, len(self._passages.texts))
        numbers, scores = self._engine.retrieve([jieba.lcut(ask.text)], k=depth, show_progress=False)
        scored = zip(numbers[0].tolist(), scores[0].tolist(), strict=True)
        return self._passages.best(((number, score) for number, score in scored if score > 0), ask.platform, k)
