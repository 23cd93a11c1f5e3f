"""What a message of several clauses asks: the reading of the whole and of its clauses, joined."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Sequence

import numpy as np

from bot.linear_model import Floats
from contracts.taxonomy import intent_of

COURTESIES = frozenset({"greet", "thanks", "affirm", "deny", "goodbye", "inform", "human"})
"""Intents that stand beside a question and are seldom what the message is about."""


@dataclass(frozen=True)
class Pooling:
    """How clauses count; docs/decisions/0005 has the measurements.

    whole: share of the reading of the whole message; the clauses, each topic by its strongest one, have the rest
    courtesy: what a courtesy keeps of its probability in a message of several clauses
    """

    whole: float = 0.8
    courtesy: float = 0.5

    def join(self, whole: Floats, clauses: Floats, topics: Sequence[str]) -> Floats:
        """Probabilities (topics,) from those of the message (topics,) and of its clauses (n, topics)."""
        if not len(clauses):
            return whole
        weights = [self.courtesy if intent_of(topic) in COURTESIES else 1.0 for topic in topics]
        joined = (self.whole * whole + (1 - self.whole) * clauses.max(axis=0)) * np.array(weights, dtype=np.float32)
        result: Floats = joined / joined.sum()
        return result
