"""The texts that peers search, one for each reply and one for each way of asking, and whose they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from evaluation.peers.protocol import Canned, Hit

DEPTH = 200
"""Passages that a search hands on; of them the best of each reply counts."""


class Passages:
    """All texts of all replies, in one order; `texts` is what is searched."""

    def __init__(self, replies: Sequence[Canned]) -> None:
        pairs = [(text, reply) for reply in replies for text in (reply.text, *reply.questions)]
        self.texts = [text for text, _ in pairs]
        self._owners = [reply for _, reply in pairs]

    def best(self, scored: Iterable[tuple[int, float]], platform: str, k: int) -> list[Hit]:
        """The first `k` replies for the platform by passages `(number, score)` that come best first."""
        hits: dict[str, Hit] = {}
        for number, score in scored:
            owner = self._owners[number]
            if len(hits) < k and platform in owner.platforms:
                hits.setdefault(owner.id, Hit(owner.id, score))
        return list(hits.values())
