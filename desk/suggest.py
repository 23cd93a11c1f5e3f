"""The path of one message: understand, retrieve, check, decide. There is no other."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Protocol
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from compliance.checker import Checker
from contracts.answer import Answer, Timings
from contracts.candidate import Candidate
from contracts.context import Context
from contracts.errors import ServiceDown
from contracts.parts import split_parts
from contracts.platform import Platform
from contracts.shop import Shop
from contracts.taxonomy import intent_of
from contracts.turn import Inquiry
from contracts.understanding import Guess, Understanding
from desk.choosing import Chosen, choose
from desk.decide import decide
from desk.settings import SuggestSettings
from desk.understand import Reader
from retrieval.encoder.protocol import Encoder
from retrieval.ranking import topic_priors
from retrieval.retriever import Found, Retriever
from retrieval.slots import local, slot_values

KEYWORDS_ONLY = "只用关键词检索"
"""How a note begins that says why no vectors are searched."""

NO_VECTORS = np.empty((0, 0), dtype=np.float32)


@dataclass(frozen=True)
class Parts:
    """What a suggester is made of. `encoder` is None when it could not be loaded; `notes` say what is missing."""

    reader: Reader
    encoder: Encoder | None
    retriever: Retriever
    checker: Checker
    limits: SuggestSettings
    notes: tuple[str, ...] = ()

    @property
    def identity(self) -> tuple[str, ...]:
        """What tells parts that answer alike: the library, and what is missing."""
        return (self.retriever.library.fingerprint, *self.notes)

    def encode(self, text: str) -> NDArray[np.float32]:
        """Vectors (n, dimension) of the message and of its parts; none without an encoder or vectors to search."""
        if self.encoder is None or not self.retriever.dense_ready:
            return NO_VECTORS
        return self.encoder.encode([text, *split_parts(text)])

    def search(self, text: str, vectors: NDArray[np.float32], platform: Platform) -> tuple[Found, str]:
        """What both searches find, and ""; keywords alone, and why, while the vectors elsewhere do not answer."""
        try:
            return self.retriever.search(text, vectors, platform), ""
        except ServiceDown as down:
            return self.retriever.search(text, NO_VECTORS, platform), f"{KEYWORDS_ONLY}：{down}"

    def warm_up(self) -> None:
        """Search once on each platform: what is loaded at first use (dictionary, tables) is there then."""
        for platform in Platform:
            self.search("在吗", self.encode("在吗"), platform)

    def faults(self) -> tuple[str, ...]:
        """What answers come without just now: what was missing at the start, and vectors that do not answer."""
        _, fault = self.search("在吗", self.encode("在吗"), Platform.TMALL)
        return (*self.notes, fault) if fault else self.notes


class Suggests(Protocol):
    """Whatever answers messages, here or elsewhere."""

    @property
    def parts(self) -> Parts:
        """What answers are made of."""
        ...

    def suggest(self, inquiry: Inquiry, shop: Shop | None = None, k: int = 3) -> Answer:
        """Up to `k` checked replies to the message, where it goes, and why. Never raises for a part that is down."""
        ...


@dataclass(frozen=True)
class Ranked:
    """A message with all that is known, what was read in it, and the candidates, best first; `parts` made it so."""

    inquiry: Inquiry
    understanding: Understanding
    candidates: Sequence[Candidate]
    timings: Timings
    parts: Parts
    fault: str = ""
    """Why no vectors were searched, "" when they were or `parts.notes` say it."""


class Suggester:
    """Answers messages; safe to use from several threads. `close` ends its connection to Rasa."""

    def __init__(self, parts: Parts, workers: int = 4) -> None:
        self.parts = parts
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="understand")

    def suggest(self, inquiry: Inquiry, shop: Shop | None = None, k: int = 3) -> Answer:
        """Up to `k` checked replies to the message, where it goes, and why. Never raises for a part that is down."""
        started = time.perf_counter()
        ranked = self.rank(inquiry, shop, self.parts.limits.beside)
        checking = time.perf_counter()
        chosen = _choose(ranked, shop, k)
        check_ms = _since(checking)
        best = ranked.candidates[0] if ranked.candidates else None
        decision = decide(chosen.suggestions, best, len(chosen.blocked), ranked.parts.limits)
        understanding = ranked.understanding
        notes = (*ranked.parts.notes, *filter(None, (ranked.fault, understanding.note)))
        timings = replace(ranked.timings, check=check_ms, total=_since(started))
        return Answer(
            understanding, decision.route, decision.reason, chosen.suggestions, chosen.blocked, timings, notes
        )

    def rank(self, inquiry: Inquiry, shop: Shop | None = None, least: float = 0.0) -> Ranked:
        """What was understood and the replies that could answer, best first; nothing is checked or chosen yet.

        Of those with a confidence below `least` only the very best is there, where it is one.
        """
        parts = self.parts
        pending = self._pool.submit(_read, parts.reader, inquiry)
        inquiry = replace(inquiry, context=_known(inquiry, shop))
        encoding = time.perf_counter()
        vectors = parts.encode(inquiry.text)
        encode_ms = _since(encoding) if len(vectors) else 0.0
        searching = time.perf_counter()
        found, fault = parts.search(inquiry.text, vectors, inquiry.platform)
        search_ms = _since(searching)
        understanding, understand_ms = _understanding(parts, pending, found)
        ranking = time.perf_counter()
        candidates = _candidates(parts.retriever, inquiry, found, understanding, shop, least)
        timings = Timings(understand_ms, encode_ms, search_ms, _since(ranking))
        return Ranked(inquiry, understanding, candidates, timings, parts, fault)

    def warm_up(self) -> None:
        """Load what is loaded at first use (dictionary, tables), so that the first buyer does not wait for it."""
        self.parts.warm_up()

    def swap(self, parts: Parts) -> None:
        """Answer with other parts from the next message on; messages being answered keep those they began with."""
        self.parts = parts

    def close(self) -> None:
        """End the connection to Rasa and the worker threads."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        self.parts.reader.close()


def _read(reader: Reader, inquiry: Inquiry) -> tuple[Understanding, float]:
    started = time.perf_counter()
    return reader.read(inquiry), _since(started)


def _understanding(
    parts: Parts, pending: Future[tuple[Understanding, float]], found: Found
) -> tuple[Understanding, float]:
    try:
        return pending.result(parts.reader.patience)
    except (ServiceDown, TimeoutError) as error:
        down = error if isinstance(error, ServiceDown) else ServiceDown("没有按时回答")
        topics = parts.retriever.vote(found)
        note = f"意图模型没有回应（{down}），建议只来自检索"
        return Understanding(_intents_of(topics), topics, source="retrieval", note=note), 0.0


def _candidates(
    retriever: Retriever,
    inquiry: Inquiry,
    found: Found,
    understanding: Understanding,
    shop: Shop | None,
    least: float,
) -> list[Candidate]:
    priors = topic_priors(understanding.topics, understanding.intents)
    zone = ZoneInfo(shop.timezone if shop else "Asia/Shanghai")
    now = inquiry.context.now or datetime.now(zone)
    values = dict(slot_values(shop, inquiry.order, inquiry.context, now))
    if inquiry.opens_at:
        values["clock.opens_at"] = inquiry.opens_at
    return retriever.rank(inquiry, found, priors, values, local(now, zone).date(), least)


def _choose(ranked: Ranked, shop: Shop | None, k: int) -> Chosen:
    inquiry, parts = ranked.inquiry, ranked.parts
    prove = partial(parts.checker.check, platform=inquiry.platform, context=inquiry.context, shop=shop)
    return choose(ranked.candidates, ranked.understanding, prove, parts.limits, k)


def _known(inquiry: Inquiry, shop: Shop | None) -> Context:
    """All that is known: the inquiry's context, what the buyer just wrote, and what holds for the whole shop."""
    context = inquiry.context
    context = replace(context, buyer=replace(context.buyer, text=context.buyer.text or inquiry.text))
    return context.over(Context().with_values(shop.context)[0]) if shop else context


def _intents_of(topics: tuple[Guess, ...]) -> tuple[Guess, ...]:
    """Intents by the sum of their topics' probabilities."""
    sums: dict[str, float] = {}
    for guess in topics:
        sums[intent_of(guess.name)] = sums.get(intent_of(guess.name), 0.0) + guess.confidence
    return tuple(Guess(name, value) for name, value in sorted(sums.items(), key=lambda item: -item[1]))


def _since(started: float) -> float:
    return (time.perf_counter() - started) * 1000
