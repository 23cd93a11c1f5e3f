"""How retrieval grows with the library: time of a message, recall of the vector index, time to index, memory."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import cycle
from pathlib import Path
from typing import TypeVar

import numpy as np
import psutil
from numpy.typing import NDArray

from contracts.platform import Platform
from contracts.turn import Inquiry
from desk.settings import SuggestSettings
from evaluation.stand_in import StandInEncoder
from evaluation.synthetic import synthetic_library, synthetic_replies
from retrieval.encoder.protocol import Encoder
from retrieval.entries import LABELS
from retrieval.index import SearchIndex
from retrieval.library import Library
from retrieval.retriever import DEPTH, Retriever
from retrieval.vectors.exact import ExactIndex

WARM_UP = 20
"""Messages before the clock counts."""

RECALL_AT = 10
"""The nearest vectors that recall is about."""

STEPS = ("encode", "dense", "keyword", "rank", "total", "cpu")
"""`total` is from the text to the ranked candidates, `cpu` what a core worked for it, without its waits for others.

`dense` and `keyword` are the two searches within, timed once more alone.
"""

_TIE = 1e-5
"""Two cosines that are no further apart are equal: equal texts have equal vectors."""
_BLOCK = 65_536

Item = TypeVar("Item")
Tell = Callable[[str, int, int], None]
"""Is told a step, how much of it is done, and how much there is."""


@dataclass(frozen=True)
class Plan:
    """What is measured: `sizes` in replies, `questions` of each, `messages` asked, and how many texts are encoded."""

    sizes: tuple[int, ...]
    questions: int = 1
    messages: int = 300
    encoded: int = 200_000


@dataclass(frozen=True)
class Row:
    """One size. Times of a message in milliseconds by STEPS; `recall` is None where the search is exact.

    `index_seconds` is all that indexing takes but for making up vectors, `encode_seconds` the part of the encoder, by
    which `encoded` of the `texts` have their vectors; `open_seconds` from the disk; `megabytes` of the whole process,
    without what measuring keeps.
    """

    replies: int
    texts: int
    encoded: int
    exact: bool
    p50: dict[str, float]
    p99: dict[str, float]
    recall: float | None
    index_seconds: float
    encode_seconds: float
    open_seconds: float
    megabytes: int


class Growth:
    """Measures one size after another, by libraries of which each begins with the smaller ones."""

    def __init__(self, shipped: Library, encoder: Encoder, plan: Plan) -> None:
        self._shipped = shipped
        self._encoder = encoder
        self._plan = plan
        self._real: NDArray[np.float32] | None = None

    def measure(self, size: int, tell: Tell) -> Row:
        """Index a synthetic library of `size` replies and ask it questions that are not in it."""
        plan, encoder = self._plan, self._encoder
        replies = synthetic_replies(self._shipped, size, questions=plan.questions)
        library = Library(tuple(_told(replies, "making replies", size, tell)))
        partly = size * (1 + plan.questions) > plan.encoded
        stand_in = StandInEncoder(encoder, plan.encoded, self._real if partly else None)
        started = time.perf_counter()
        index = SearchIndex.build(library, stand_in, progress=lambda done, total: tell("encoding", done, total))
        index_seconds = time.perf_counter() - started - stand_in.jittering
        self._real = stand_in.real()
        open_seconds = _opening(index, library, encoder)
        strangers = synthetic_library(self._shipped, plan.messages + WARM_UP, seed=size + 1)
        asked = [reply.questions[0] for reply in strangers.replies]
        times = _asked(Retriever(library, index), encoder, asked, tell)
        used = psutil.Process().memory_info().rss - self._real.nbytes
        exact = isinstance(index.dense, ExactIndex)
        return Row(
            replies=size,
            texts=len(index.entries),
            encoded=stand_in.given,
            exact=exact,
            p50=_percentiles(times, 50),
            p99=_percentiles(times, 99),
            recall=None if exact else recall(index, encoder.encode(asked), tell),
            index_seconds=round(index_seconds, 1),
            encode_seconds=round(stand_in.encoding, 1),
            open_seconds=round(open_seconds, 2),
            megabytes=used // 2**20,
        )


def _told(items: Iterator[Item], step: str, total: int, tell: Tell) -> Iterator[Item]:
    for number, item in enumerate(items, start=1):
        if number % 1000 == 0 or number == total:
            tell(step, number, total)
        yield item


def _opening(index: SearchIndex, library: Library, encoder: Encoder) -> float:
    """Seconds from the stored index to one that can be searched."""
    with tempfile.TemporaryDirectory() as folder:
        index.save(Path(folder) / "index", library, encoder.card)
        started = time.perf_counter()
        SearchIndex.load(Path(folder) / "index", library, encoder.card)
        return time.perf_counter() - started


def _asked(retriever: Retriever, encoder: Encoder, texts: list[str], tell: Tell) -> NDArray[np.float64]:
    """Milliseconds of each message by STEPS, (messages, STEPS); topics are by vote, as without the intent model."""
    times = []
    index, today, least = retriever.index, date(2026, 11, 21), SuggestSettings().beside
    for number, (text, platform) in enumerate(zip(texts, cycle(Platform), strict=False), start=1):
        begun, worked = time.perf_counter(), time.thread_time()
        vectors = encoder.encode([text])
        encoded = time.perf_counter()
        found = retriever.search(text, vectors, platform)
        searched = time.perf_counter()
        priors = {guess.name: guess.confidence for guess in retriever.vote(found)}
        retriever.rank(Inquiry(text, platform), found, priors, {}, today, least)
        ranked, done = time.perf_counter(), time.thread_time()
        if index.dense is not None:
            index.dense.search(vectors, DEPTH, LABELS[platform])
        dense = time.perf_counter()
        index.keyword.search(text, DEPTH, LABELS[platform])
        keyword = time.perf_counter()
        steps = (encoded - begun, dense - ranked, keyword - dense, ranked - searched, ranked - begun, done - worked)
        times.append(steps)
        tell("asking", number, len(texts))
    return np.array(times[WARM_UP:]) * 1000


def _percentiles(times: NDArray[np.float64], percentile: int) -> dict[str, float]:
    return {
        step: round(float(value), 2)
        for step, value in zip(STEPS, np.percentile(times, percentile, axis=0), strict=True)
    }


def recall(index: SearchIndex, queries: NDArray[np.float32], tell: Tell) -> float:
    """The share of the exact nearest RECALL_AT that the index finds, each query on the next platform in turn.

    Exact means: by comparing with every stored vector of the platform. What is as near as the last of them counts too.
    """
    if index.dense is None:
        raise ValueError("a keyword-only index has no vectors")
    labels = np.array([label for _, label in zip(queries, cycle(LABELS.values()), strict=False)])
    best = np.full((len(queries), RECALL_AT), -1.0, dtype=np.float32)
    entries = index.entries
    for start in range(0, len(entries), _BLOCK):
        part = slice(start, start + _BLOCK)
        cosines = queries @ index.dense.vectors(entries.ids[part]).T
        cosines[(entries.labels[part][None, :] >> labels[:, None] & 1) == 0] = -1
        best = -np.sort(-np.concatenate([best, cosines], axis=1), axis=1)[:, :RECALL_AT]
        tell("comparing with exact search", min(start + _BLOCK, len(entries)), len(entries))
    hits = [
        index.dense.search(query[None, :], DEPTH, int(label))[0] for query, label in zip(queries, labels, strict=True)
    ]
    found = [(hit.cosines[:RECALL_AT] >= row[-1] - _TIE).sum() for hit, row in zip(hits, best, strict=True)]
    return round(float(np.mean(found)) / RECALL_AT, 4)
