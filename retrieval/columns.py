"""What ranking asks of every reply of a library, as columns: a look at each of thousands of replies is too slow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from contracts.platform import Platform
from retrieval.library import Library

Positions = NDArray[np.int64]


class Columns:
    """Of the n replies of a library, by their positions.

    topics: the names of the topics that `topic_of` counts
    topic_of: (n,), the topic of each reply as a number
    order_of: (n,), the place of each reply when all are ordered by id
    always: for each platform n bytes, 1 for a reply that serves there on every day and in every state
    """

    def __init__(self, library: Library) -> None:
        replies = library.replies
        numbers: dict[str, int] = {}
        self.topic_of = np.array([numbers.setdefault(reply.topic, len(numbers)) for reply in replies], dtype=np.int64)
        self.topics: Sequence[str] = tuple(numbers)
        by_id = sorted(range(len(replies)), key=lambda position: replies[position].id)
        self.order_of = np.empty(len(replies), dtype=np.int64)
        self.order_of[by_id] = np.arange(len(replies))
        self.always = _always(library)
        self._about = _about(library, by_id)

    def about(self, topic: str, platform: Platform) -> Sequence[int]:
        """Positions of the replies of a topic on a platform, ordered by id."""
        return self._about.get((topic, platform), ())

    def counts(self, positions: Positions) -> NDArray[np.int64]:
        """How many of these replies each topic has, (topics,)."""
        return np.bincount(self.topic_of[positions], minlength=len(self.topics))


def _about(library: Library, by_id: Sequence[int]) -> Mapping[tuple[str, Platform], Sequence[int]]:
    about: dict[tuple[str, Platform], list[int]] = {}
    for position in by_id:
        reply = library.replies[position]
        for platform in reply.platforms:
            about.setdefault((reply.topic, platform), []).append(position)
    return about


def _always(library: Library) -> Mapping[Platform, bytes]:
    always = {platform: bytearray(len(library)) for platform in Platform}
    for position, reply in enumerate(library.replies):
        if not reply.when and reply.valid.first is None and reply.valid.last is None:
            for platform in reply.platforms:
                always[platform][position] = 1
    return {platform: bytes(served) for platform, served in always.items()}
