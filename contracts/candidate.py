"""A library reply that may answer a message, with the reasons for its rank."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.reply import Reply


@dataclass(frozen=True)
class Scores:
    """What ranked a candidate; each part is 0..1 and 0 when that search did not return it.

    dense: cosine similarity to the nearest indexed text of the reply
    keyword: BM25 score divided by the best of this search
    prior: probability of the reply's topic by the intent model
    """

    dense: float = 0.0
    keyword: float = 0.0
    prior: float = 0.0


@dataclass(frozen=True)
class Candidate:
    """A reply, its text with slots filled, and its confidence 0..1; `missing_slots` could not be filled."""

    reply: Reply
    text: str
    confidence: float
    scores: Scores
    missing_slots: tuple[str, ...] = ()
    answers: str = ""
    """The topic this candidate answers: its own, or the part of the message it was chosen for."""

    @property
    def sendable(self) -> bool:
        return not self.missing_slots
