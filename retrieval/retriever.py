"""Retrieval for one message: search, filter, fill, rank."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from contracts.candidate import Candidate, Scores
from contracts.platform import Platform
from contracts.turn import Inquiry
from contracts.understanding import Guess
from retrieval.columns import Columns
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
        self._columns = Columns(library)

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
        self,
        inquiry: Inquiry,
        found: Found,
        priors: Mapping[str, float],
        values: Mapping[str, str],
        today: date,
        least: float = 0.0,
    ) -> list[Candidate]:
        """The eligible candidates, best first, with their slots filled from `values`.

        Of those with a confidence below `least` only the very best is made, where it is one.
        """
        usable = self._usable(inquiry, today)
        positions = [position for position in {**found.dense, **found.keyword} if usable(position)]
        positions += self._of_likely_topics(positions, inquiry.platform, priors, usable)
        places = np.array(positions, dtype=np.int64)
        dense = np.array([found.dense.get(position, 0.0) for position in positions])
        keyword = np.array([found.keyword.get(position, 0.0) for position in positions])
        topics, topic_of = np.unique(self._columns.topic_of[places], return_inverse=True)
        prior = np.array([prior_of(self._columns.topics[topic], priors) for topic in topics.tolist()])[topic_of]
        confidence = self.weights.confidences(dense, keyword, prior)
        order = np.lexsort((self._columns.order_of[places], -dense, -confidence))
        order = order[: max(1, np.count_nonzero(confidence >= least))]
        scores = map(Scores, *(part[order].tolist() for part in (dense, keyword, prior)))
        rows = zip(places[order].tolist(), confidence[order].tolist(), scores, strict=True)
        return [self._candidate(position, sure, scored, values) for position, sure, scored in rows]

    def _usable(self, inquiry: Inquiry, today: date) -> Callable[[int], bool]:
        """Whether the reply at a position may be used for this message on this day."""
        use_of, uses = self._columns.use_of, self._columns.uses
        known: dict[int, bool] = {}

        def usable(position: int) -> bool:
            use = use_of[position]
            if use not in known:
                known[use] = eligible(uses[use], inquiry.platform, inquiry.context, today)
            return known[use]

        return usable

    def _of_likely_topics(
        self, found: Sequence[int], platform: Platform, priors: Mapping[str, float], usable: Callable[[int], bool]
    ) -> list[int]:
        """Usable replies of the likeliest topics that no search found."""
        columns, known = self._columns, set(found)
        counts = columns.counts(np.array(found, dtype=np.int64))
        others: list[int] = []
        for topic in sorted(priors, key=lambda name: -priors[name])[:PRIOR_TOPICS]:
            about = columns.about(topic, platform)[:PRIOR_SCANNED]
            if about:
                room = max(0, PRIOR_REPLIES - int(counts[columns.topic_of[about[0]]]))
                others += islice((place for place in about if place not in known and usable(place)), room)
        return others

    def _candidate(self, position: int, confidence: float, scores: Scores, values: Mapping[str, str]) -> Candidate:
        reply = self.library.replies[position]
        filled = fill(reply, values)
        return Candidate(reply, filled.text, confidence, scores, filled.missing)

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
