"""From searches and the intent model to ranked candidates."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from contracts.candidate import Candidate, Scores
from contracts.taxonomy import intent_of
from contracts.understanding import Guess


@dataclass(frozen=True)
class Weights:
    """Coefficients of the logistic model for "this reply's topic is what the buyer asks".

    Inputs are the three parts of `Scores`, each 0..1; see docs/decisions/0004 for how they were found.
    """

    bias: float = -4.2
    dense: float = 3.0
    keyword: float = 0.8
    prior: float = 5.0
    missing_slot: float = 1.0
    """Taken off a reply that cannot be sent as it is."""

    def confidence(self, scores: Scores) -> float:
        """Probability 0..1 that a reply with these scores is about the right topic."""
        z = self.bias + self.dense * scores.dense + self.keyword * scores.keyword + self.prior * scores.prior
        return 1 / (1 + math.exp(-z))

    def rank_score(self, candidate: Candidate) -> float:
        """What candidates are ordered by: confidence, less for a reply with unfilled slots."""
        return candidate.confidence - self.missing_slot * 0.1 * bool(candidate.missing_slots)


def topic_priors(topics: Sequence[Guess], intents: Sequence[Guess]) -> Mapping[str, float]:
    """Probability by topic; a topic that the model did not list has none."""
    priors = {guess.name: guess.confidence for guess in topics}
    if priors:
        return priors
    return {guess.name: guess.confidence for guess in intents}


def prior_of(topic: str, priors: Mapping[str, float]) -> float:
    """The prior of a topic, or of its intent where the model knows intents only."""
    return priors.get(topic, priors.get(intent_of(topic), 0.0))


@dataclass(frozen=True)
class Variety:
    """How the few that are shown are chosen: a topic that is shown already counts less.

    repeat: what every candidate of the same topic shown before takes off the next one's score
    """

    repeat: float = 0.12

    def choose(self, ranked: Sequence[Candidate], weights: Weights, k: int) -> tuple[Candidate, ...]:
        """The best `k` of `ranked`, each text once, topics spread."""
        left = list(ranked)
        chosen: list[Candidate] = []
        shown: dict[str, int] = {}
        texts: set[str] = set()
        while left and len(chosen) < k:
            best = max(
                left, key=lambda item: weights.rank_score(item) - self.repeat * shown.get(item.reply.topic, 0)
            )
            left.remove(best)
            if best.text in texts:
                continue
            chosen.append(best)
            texts.add(best.text)
            shown[best.reply.topic] = shown.get(best.reply.topic, 0) + 1
        return tuple(chosen)
