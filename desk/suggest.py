"""The path of one message: understand, retrieve, check, decide. There is no other."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from compliance.checker import Checker
from contracts.answer import Answer, Blocked, Suggestion, Timings
from contracts.candidate import Candidate
from contracts.context import Context
from contracts.errors import ServiceDown
from contracts.parts import split_parts
from contracts.platform import Platform
from contracts.shop import Shop
from contracts.taxonomy import CHAT, intent_of
from contracts.turn import Inquiry
from contracts.understanding import Guess, Understanding
from desk.decide import decide
from desk.settings import SuggestSettings
from desk.understand import Reader
from retrieval.encoder.protocol import Encoder
from retrieval.ranking import Selection, topic_priors
from retrieval.retriever import Found, Retriever
from retrieval.slots import slot_values

MOST_CHECKED = 40
"""Candidates that the checker sees at most for one message."""


@dataclass(frozen=True)
class Parts:
    """What a suggester is made of. `encoder` is None when it could not be loaded; `notes` say what is missing."""

    reader: Reader
    encoder: Encoder | None
    retriever: Retriever
    checker: Checker
    limits: SuggestSettings
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ranked:
    """A message with all that is known, what was read in it, and the candidates, best first."""

    inquiry: Inquiry
    understanding: Understanding
    candidates: Sequence[Candidate]
    timings: Timings


@dataclass(frozen=True)
class _Checked:
    suggestions: tuple[Suggestion, ...]
    blocked: tuple[Blocked, ...]


class Suggester:
    """Answers messages; safe to use from several threads. `close` ends its connection to Rasa."""

    def __init__(self, parts: Parts, workers: int = 4) -> None:
        self.parts = parts
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="understand")

    def suggest(self, inquiry: Inquiry, shop: Shop | None = None, k: int = 3) -> Answer:
        """Up to `k` checked replies to the message, where it goes, and why. Never raises for a part that is down."""
        started = time.perf_counter()
        parts = self.parts
        ranked = self.rank(inquiry, shop)
        checking = time.perf_counter()
        checked = self._check(ranked, shop, k)
        check_ms = _since(checking)
        best = ranked.candidates[0] if ranked.candidates else None
        decision = decide(checked.suggestions, best, len(checked.blocked), parts.limits.floor)
        understanding = ranked.understanding
        notes = (*parts.notes, understanding.note) if understanding.note else parts.notes
        timings = replace(ranked.timings, check=check_ms, total=_since(started))
        return Answer(
            understanding, decision.route, decision.reason, checked.suggestions, checked.blocked, timings, notes
        )

    def rank(self, inquiry: Inquiry, shop: Shop | None = None) -> Ranked:
        """What was understood and every reply that could answer, best first; nothing is checked or chosen yet."""
        parts = self.parts
        pending = self._pool.submit(self._read, inquiry)
        inquiry = replace(inquiry, context=_known(inquiry, shop))
        vectors, encode_ms = self._encode(inquiry.text)
        searching = time.perf_counter()
        found = parts.retriever.search(inquiry.text, vectors, inquiry.platform)
        search_ms = _since(searching)
        understanding, understand_ms = self._understanding(pending, found)
        ranking = time.perf_counter()
        candidates = self._candidates(inquiry, found, understanding, shop)
        timings = Timings(understand_ms, encode_ms, search_ms, _since(ranking))
        return Ranked(inquiry, understanding, candidates, timings)

    def warm_up(self) -> None:
        """Load what is loaded at first use (dictionary, tables), so that the first buyer does not wait for it."""
        for platform in Platform:
            vectors, _ = self._encode("在吗")
            self.parts.retriever.search("在吗", vectors, platform)

    def _read(self, inquiry: Inquiry) -> tuple[Understanding, float]:
        started = time.perf_counter()
        return self.parts.reader.read(inquiry), _since(started)

    def _encode(self, text: str) -> tuple[NDArray[np.float32], float]:
        """Vectors (n, dimension) of the message and of its parts, none without an encoder; and the milliseconds."""
        encoder = self.parts.encoder
        if encoder is None or not self.parts.retriever.dense_ready:
            return np.empty((0, 0), dtype=np.float32), 0.0
        started = time.perf_counter()
        vectors = encoder.encode([text, *split_parts(text)])
        return vectors, _since(started)

    def _understanding(self, pending: Future[tuple[Understanding, float]], found: Found) -> tuple[Understanding, float]:
        try:
            return pending.result(self.parts.reader.patience)
        except (ServiceDown, TimeoutError) as error:
            down = error if isinstance(error, ServiceDown) else ServiceDown("Rasa did not answer in time")
            topics = self.parts.retriever.vote(found)
            note = f"意图模型没有回应（{down}），建议只来自检索"
            return Understanding(_intents_of(topics), topics, source="retrieval", note=note), 0.0

    def _candidates(
        self, inquiry: Inquiry, found: Found, understanding: Understanding, shop: Shop | None
    ) -> list[Candidate]:
        priors = topic_priors(understanding.topics, understanding.intents)
        values = dict(slot_values(shop, inquiry.order))
        if inquiry.opens_at:
            values["clock.opens_at"] = inquiry.opens_at
        now = inquiry.context.now or datetime.now(ZoneInfo(shop.timezone if shop else "Asia/Shanghai"))
        return self.parts.retriever.rank(inquiry, found, priors, values, now.date())

    def _check(self, ranked: Ranked, shop: Shop | None, k: int) -> _Checked:
        """Prove candidates in the order of their worth until `k` have passed."""
        parts = self.parts
        passed: list[Suggestion] = []
        blocked: list[Blocked] = []
        candidates, inquiry = ranked.candidates, ranked.inquiry
        if not candidates or candidates[0].confidence < parts.limits.floor:
            return _Checked((), ())
        chat = bool(ranked.understanding.intents) and ranked.understanding.intents[0].name in CHAT
        selection = Selection([item for item in candidates if item.confidence >= self._least(item, chat=chat)])
        while len(passed) < k and len(passed) + len(blocked) < MOST_CHECKED:
            candidate = selection.next()
            if candidate is None:
                break
            verdict = parts.checker.check(candidate.text, inquiry.platform, inquiry.context, shop)
            if verdict.blocked:
                blocked.append(Blocked(candidate.reply.id, verdict.findings))
            else:
                passed.append(Suggestion(candidate, verdict))
                selection.accept(candidate)
        return _Checked(tuple(passed), tuple(blocked))

    def _least(self, candidate: Candidate, *, chat: bool) -> float:
        """The confidence that a candidate needs to be shown; `chat` when the message was read as small talk."""
        limits = self.parts.limits
        business = intent_of(candidate.reply.topic) not in CHAT
        return max(limits.beside, limits.beside_chat) if chat and business else limits.beside

    def close(self) -> None:
        """End the connection to Rasa and the worker threads."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        self.parts.reader.close()


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
