"""Retrieval for one message: search, filter, fill, rank."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from contracts.candidate import Candidate, Scores
from contracts.platform import Platform
from contracts.turn import Inquiry
from contracts.understanding import Guess
from retrieval.eligibility import eligible
from retrieval.index import SearchIndex
from retrieval.library import Library
from retrieval.ranking import Weights, prior_of
from retrieval.slots import fill

DEPTH = 80
"""Entries that each search hands to ranking."""

PRIOR_TOPICS = 4
"""Topics, best first by the intent model, whose replies are ranked even when no search found them."""

VOTERS = 10
"""Nearest replies that vote on the topic when the intent model does not answer."""


@dataclass(frozen=True)
class Found:
    """What the searches say, by position of the reply in the library: best cosine and best BM25 (both 0..1)."""

    dense: Mapping[int, float]
    keyword: Mapping[int, float]


class Retriever:
    """Searches one library; safe to use from several threads, it changes nothing."""

    def __init__(self, library: Library, index: SearchIndex, weights: Weights = Weights()) -> None:
        self.library = library
        self.index = index
        self.weights = weights

    @property
    def dense_ready(self) -> bool:
        return self.index.dense is not None

    @cached_property
    def _owner(self) -> NDArray[np.int64]:
        """Position of the reply that each entry belongs to."""
        return np.array([entry.reply for entry in self.index.entries], dtype=np.int64)

    @cached_property
    def _entries_on(self) -> Mapping[Platform, NDArray[np.int64]]:
        """Positions of the entries whose reply is approved for a platform."""
        return {
            platform: np.array(
                [
                    position
                    for position, entry in enumerate(self.index.entries)
                    if platform in self.library.replies[entry.reply].platforms
                ],
                dtype=np.int64,
            )
            for platform in Platform
        }

    @cached_property
    def _all_entries(self) -> NDArray[np.int64]:
        return np.arange(len(self.index.entries), dtype=np.int64)

    @cached_property
    def _replies_about(self) -> Mapping[str, tuple[int, ...]]:
        """Positions of the replies of each topic."""
        about: dict[str, list[int]] = {}
        for position, reply in enumerate(self.library.replies):
            about.setdefault(reply.topic, []).append(position)
        return {topic: tuple(positions) for topic, positions in about.items()}

    def search(self, text: str, vectors: NDArray[np.float32], platform: Platform | None) -> Found:
        """Both searches over the replies of `platform`, or of all.

        `vectors` (n, dimension) are those of the message and of its parts; a reply has its best cosine with any of
        them. With no vectors only keywords are searched.
        """
        among = self._entries_on[platform] if platform else self._all_entries
        dense: dict[int, float] = {}
        if len(vectors) and self.index.dense is not None and len(among):
            for hits in self.index.dense.search(vectors, DEPTH, among):
                for position, cosine in zip(hits.positions, hits.cosines, strict=True):
                    owner, score = int(self._owner[position]), float(min(1.0, max(0.0, cosine)))
                    dense[owner] = max(score, dense.get(owner, 0.0))
        return Found(dense, self._keyword(text, among))

    def _keyword(self, text: str, among: NDArray[np.int64]) -> Mapping[int, float]:
        scores = self.index.keyword.scores(text)[among]
        best = float(scores.max(initial=0.0))
        if best <= 0:
            return {}
        order = np.argsort(-scores, kind="stable")[:DEPTH]
        found: dict[int, float] = {}
        for position in order[scores[order] > 0]:
            found.setdefault(int(self._owner[among[position]]), float(scores[position] / best))
        return found

    def rank(
        self, inquiry: Inquiry, found: Found, priors: Mapping[str, float], values: Mapping[str, str], today: date
    ) -> list[Candidate]:
        """All eligible candidates, best first, with their slots filled from `values`."""
        likely = sorted(priors, key=lambda name: -priors[name])[:PRIOR_TOPICS]
        positions = {*found.dense, *found.keyword}
        positions.update(position for topic in likely for position in self._replies_about.get(topic, ()))
        candidates = [
            self._candidate(position, found, priors, values)
            for position in positions
            if eligible(self.library.replies[position], inquiry.platform, inquiry.context, today)
        ]
        return sorted(candidates, key=lambda item: (-item.confidence, -item.scores.dense, item.reply.id))

    def _candidate(
        self, position: int, found: Found, priors: Mapping[str, float], values: Mapping[str, str]
    ) -> Candidate:
        reply = self.library.replies[position]
        scores = Scores(
            dense=found.dense.get(position, 0.0),
            keyword=found.keyword.get(position, 0.0),
            prior=prior_of(reply.topic, priors),
        )
        filled = fill(reply, values)
        return Candidate(reply, filled.text, self.weights.confidence(scores), scores, filled.missing)

    def vote(self, found: Found) -> tuple[Guess, ...]:
        """Topics by their share of the nearest replies' scores: a reading of the message without the intent model."""
        scores = found.dense or found.keyword
        votes: dict[str, float] = {}
        for position in sorted(scores, key=lambda place: -scores[place])[:VOTERS]:
            score = scores[position]
            topic = self.library.replies[position].topic
            votes[topic] = votes.get(topic, 0.0) + score**4
        total = sum(votes.values())
        if not total:
            return ()
        ordered: Sequence[tuple[str, float]] = sorted(votes.items(), key=lambda item: -item[1])
        return tuple(Guess(topic, score / total) for topic, score in ordered)
