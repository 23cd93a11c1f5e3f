"""What ranking asks of every reply of a library, as columns: a look at each of thousands of replies is too slow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from contracts.platform import Platform
from contracts.reply import Condition, Reply, Validity
from retrieval.library import Library

Positions = NDArray[np.int64]


class Columns:
    """Of the n replies of a library, by their positions.

    topics: the names of the topics that `topic_of` counts
    topic_of: (n,), the topic of each reply as a number
    order_of: (n,), the place of each reply when all are ordered by id
    uses: one reply for each combination of platforms, days and states that replies are for
    use_of: (n,), which of them may be used just when the reply may
    """

    topics: Sequence[str]
    topic_of: NDArray[np.int64]
    order_of: NDArray[np.int64]
    uses: Sequence[Reply]
    use_of: Sequence[int]

    def __init__(self, library: Library) -> None:
        replies = library.replies
        topics: dict[str, int] = {}
        self.topic_of = np.array([topics.setdefault(reply.topic, len(topics)) for reply in replies], dtype=np.int64)
        self.topics = tuple(topics)
        by_id = sorted(range(len(replies)), key=lambda position: replies[position].id)
        self.order_of = np.empty(len(replies), dtype=np.int64)
        self.order_of[by_id] = np.arange(len(replies))
        self._about = _about(library, by_id)
        uses: dict[tuple[frozenset[Platform], Validity, tuple[Condition, ...]], Reply] = {}
        for reply in replies:
            uses.setdefault((reply.platforms, reply.valid, reply.when), reply)
        numbers = {use: number for number, use in enumerate(uses)}
        self.uses = tuple(uses.values())
        self.use_of = [numbers[reply.platforms, reply.valid, reply.when] for reply in replies]

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
