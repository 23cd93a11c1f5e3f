"""What buyers asked and no suggestion answered, the newest first."""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from contracts.masking import mask
from contracts.reply import Reply
from contracts.shop import Shop
from contracts.text import normalise
from desk.misses.grouping import group, middle_row
from desk.period import Period
from desk.replies.search import search
from desk.storage.database import Database
from desk.storage.missed import Missed, MissReason, missed_between
from desk.suggest import NO_VECTORS, Suggester
from retrieval.encoder.protocol import Encoder

MOST_LINES = 10_000
"""Lines of a period that are grouped, the latest."""

MOST_EXAMPLES = 8
"""Wordings of a group that are told, the plainest first, then the latest."""

MOST_NAMED = 200
"""Lines of a group that are named by id, the latest."""

_SMALL_TALK = frozenset({"greet", "thanks", "affirm", "deny", "goodbye", "inform"})
"""Intents that need no reply: nothing is missing when nothing was found for them."""

_PART = 256
_KEPT = 20_000


@dataclass(frozen=True)
class MissGroup:
    """Lines that mean the same. `examples` have personal data masked; `nearest` is the library's nearest reply."""

    examples: tuple[str, ...]
    count: int
    buyers: int
    reasons: Mapping[MissReason, int]
    first_at: datetime
    last_at: datetime
    lines: tuple[str, ...]
    nearest: Reply | None
    nearness: float


@dataclass(frozen=True)
class MissPage:
    """Some groups, how many there are and how many lines they hold; `cut` when only the latest were looked at."""

    groups: tuple[MissGroup, ...]
    total: int
    lines: int
    cut: bool


class Misses:
    """Groups the missed lines of shops; safe to use from several threads. Vectors are remembered.

    `load` gives the encoder that groups, at first need; the suggester's searches for the nearest reply.
    """

    def __init__(self, database: Database, suggester: Suggester, load: Callable[[], Encoder]) -> None:
        self._database = database
        self._suggester = suggester
        self._load = load
        self._encoder: Encoder | None = None
        self._vectors: OrderedDict[str, NDArray[np.float32]] = OrderedDict()
        self._lock = threading.Lock()

    def read(self, shop: Shop, period: Period, start: int = 0, limit: int = 20) -> MissPage:
        """The groups from place `start` on, at most `limit`. Raises ServiceDown."""
        with self._database.reading() as connection:
            found = missed_between(connection, shop.id, period.since, period.until, MOST_LINES)
        missed = [line for line in found if line.reason is not MissReason.NONE or line.intent not in _SMALL_TALK]
        wordings: dict[str, list[Missed]] = {}
        for line in missed:
            wordings.setdefault(normalise(line.text).text.strip(), []).append(line)
        texts = list(wordings)
        vectors = self._encode(texts)
        groups = group(vectors)
        page = tuple(
            self._told(shop, [wordings[texts[row]] for row in _ordered(vectors, rows)])
            for rows in groups[start : start + limit]
        )
        return MissPage(page, len(groups), len(missed), len(found) == MOST_LINES)

    def _told(self, shop: Shop, wordings: Sequence[Sequence[Missed]]) -> MissGroup:
        lines = sorted((line for wording in wordings for line in wording), key=lambda line: line.said_at, reverse=True)
        parts = self._suggester.parts
        hits = search(wordings[0][0].text, parts.retriever, parts.encoder, shop.platform, 1)
        return MissGroup(
            examples=tuple(dict.fromkeys(mask(wording[0].text) for wording in wordings))[:MOST_EXAMPLES],
            count=len(lines),
            buyers=len({line.conversation for line in lines}),
            reasons=Counter(line.reason for line in lines),
            first_at=lines[-1].said_at,
            last_at=lines[0].said_at,
            lines=tuple(line.message for line in lines[:MOST_NAMED]),
            nearest=hits[0].reply if hits else None,
            nearness=hits[0].score if hits else 0.0,
        )

    def _encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of texts (n, dimension); what was encoded before is remembered."""
        if not texts:
            return NO_VECTORS
        with self._lock:
            encoder = self._encoder = self._encoder or self._load()
            fresh = [text for text in texts if text not in self._vectors]
            for start in range(0, len(fresh), _PART):
                part = fresh[start : start + _PART]
                self._vectors.update(zip(part, encoder.encode(part), strict=True))
            for text in texts:
                self._vectors.move_to_end(text)
            vectors = np.stack([self._vectors[text] for text in texts])
            while len(self._vectors) > _KEPT:
                self._vectors.popitem(last=False)
        return vectors


def _ordered(vectors: NDArray[np.float32], rows: list[int]) -> list[int]:
    """The rows of a group, the plainest wording first; they stand the latest first."""
    plainest = middle_row(vectors, rows)
    return [plainest, *(row for row in rows if row != plainest)]
