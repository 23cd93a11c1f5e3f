"""Retrieval for one message: search, filter, fill, rank."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from contracts.candidate import Candidate, Scores
from contracts.platform import Platform
from contracts.turn import Inquiry
from contracts.understanding import Guess
from retrieval.eligibility import eligible
from retrieval.entries import LABELS
from retrieval.index import SearchIndex
from retrieval.library import Library
from retrieval.ranking import Weights, prior_of
from retrieval.slots import fill

DEPTH = 80
"""Entries that each search hands to ranking."""

PRIOR_TOPICS = 4
"""Topics, best first by the intent model, whose replies are ranked even when no search found them."""

PRIOR_REPLIES = 40
"""Replies of such a topic that are ranked: those that were found, then the first by id. No more are ever checked."""

PRIOR_SCANNED = 400
"""Replies of such a topic that are looked at to find them."""

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
        self._replies_about = _by_topic(library)
        self._always_on = _always_on(library)

    @property
    def dense_ready(self) -> bool:
        return self.index.dense is not None

    def search(self, text: str, vectors: NDArray[np.float32], platform: Platform | None) -> Found:
        """Both searches over the replies of `platform`, or of all.

        `vectors` (n, dimension) are those of the message and of its parts; a reply has its best cosine with any of
        them. With no vectors only keywords are searched. Raises ServiceDown when the vectors are elsewhere and that
        does not answer.
        """
        label = None if platform is None else LABELS[platform]
        dense: dict[int, float] = {}
        if len(vectors) and self.index.dense is not None:
            for hits in self.index.dense.search(vectors, DEPTH, label):
                owners = self.index.owners_of(hits.ids)
                for owner, cosine in zip(owners.tolist(), hits.cosines.tolist(), strict=True):
                    if owner >= 0:
                        dense[owner] = max(min(1.0, max(0.0, cosine)), dense.get(owner, 0.0))
        return Found(dense, self._keyword(text, label))

    def _keyword(self, text: str, label: int | None) -> Mapping[int, float]:
        hits = self.index.keyword.search(text, DEPTH, label)
        found: dict[int, float] = {}
        for owner, score in zip(self.index.entries.owners[hits.positions], hits.shares, strict=True):
            found.setdefault(int(owner), float(score))
        return found

    def rank(
        self, inquiry: Inquiry, found: Found, priors: Mapping[str, float], values: Mapping[str, str], today: date
    ) -> list[Candidate]:
        """All eligible candidates, best first, with their slots filled from `values`."""

        always = self._always_on[inquiry.platform]

        def usable(position: int) -> bool:
            return always[position] == 1 or eligible(
                self.library.replies[position], inquiry.platform, inquiry.context, today
            )

        positions = {position for position in {*found.dense, *found.keyword} if usable(position)}
        counts = Counter(self.library.replies[position].topic for position in positions)
        for topic in sorted(priors, key=lambda name: -priors[name])[:PRIOR_TOPICS]:
            about = self._replies_about.get((topic, inquiry.platform), [])[:PRIOR_SCANNED]
            others = (position for position in about if position not in positions and usable(position))
            positions.update(list(islice(others, max(0, PRIOR_REPLIES - counts[topic]))))
        topics = {self.library.replies[position].topic for position in positions}
        known = {topic: prior_of(topic, priors) for topic in topics}
        candidates = [self._candidate(position, found, known, values) for position in positions]
        return sorted(candidates, key=lambda item: (-item.confidence, -item.scores.dense, item.reply.id))

    def _candidate(
        self, position: int, found: Found, priors: Mapping[str, float], values: Mapping[str, str]
    ) -> Candidate:
        """A reply with its scores; `priors` has every topic."""
        reply = self.library.replies[position]
        scores = Scores(found.dense.get(position, 0.0), found.keyword.get(position, 0.0), priors[reply.topic])
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


def _by_topic(library: Library) -> Mapping[tuple[str, Platform], list[int]]:
    """Positions of the replies of each topic on each platform, ordered by id."""
    about: dict[tuple[str, Platform], list[int]] = {}
    for position in sorted(range(len(library)), key=lambda position: library.replies[position].id):
        reply = library.replies[position]
        for platform in reply.platforms:
            about.setdefault((reply.topic, platform), []).append(position)
    return about


def _always_on(library: Library) -> Mapping[Platform, bytes]:
    """For each platform a byte for each reply: 1 when the reply serves there on every day and in every state."""
    always = {platform: bytearray(len(library)) for platform in Platform}
    for position, reply in enumerate(library.replies):
        if not reply.when and reply.valid.first is None and reply.valid.last is None:
            for platform in reply.platforms:
                always[platform][position] = 1
    return {platform: bytes(served) for platform, served in always.items()}
