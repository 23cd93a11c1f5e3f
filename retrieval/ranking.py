"""From searches and the intent model to confidence, and from confidence to the few that are shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from contracts.candidate import Candidate, Scores
from contracts.taxonomy import intent_of
from contracts.understanding import Guess

_SMALLEST = 0.002
"""A topic's probability is taken to lie between this and 1 minus this."""


def log_odds(probabilities: ArrayLike) -> NDArray[np.float64]:
    """The log odds of topics' probabilities (any shape), bounded: the intent model is never quite sure."""
    bounded = np.clip(probabilities, _SMALLEST, 1 - _SMALLEST)
    odds: NDArray[np.float64] = np.log(bounded / (1 - bounded))
    return odds


@dataclass(frozen=True)
class Weights:
    """Coefficients of the logistic model for "this reply is about what the buyer asks".

    `dense` and `keyword` multiply the scores, `prior` the log odds of the reply's topic. `data/ranking.yml`
    holds what was fitted (docs/decisions/0004); the defaults serve where there is no such file.
    """

    bias: float = -1.45
    dense: float = 2.09
    keyword: float = 0.54
    prior: float = 0.86

    def confidence(self, scores: Scores) -> float:
        """Probability 0..1 that a reply with these scores is about the right topic."""
        return float(self.confidences(scores.dense, scores.keyword, scores.prior))

    def confidences(self, dense: ArrayLike, keyword: ArrayLike, prior: ArrayLike) -> NDArray[np.float64]:
        """The same for the scores of many replies, all (n,)."""
        z = (
            self.bias
            + self.dense * np.asarray(dense)
            + self.keyword * np.asarray(keyword)
            + self.prior * log_odds(prior)
        )
        found: NDArray[np.float64] = 1 / (1 + np.exp(-z))
        return found


def topic_priors(topics: Sequence[Guess], intents: Sequence[Guess]) -> Mapping[str, float]:
    """Probability by topic; by intent where no topics are known."""
    return {guess.name: guess.confidence for guess in topics or intents}


def prior_of(topic: str, priors: Mapping[str, float]) -> float:
    """The prior of a topic, or of its intent where the model knows intents only; 0 for one that it did not list."""
    return priors.get(topic, priors.get(intent_of(topic), 0.0))


@dataclass(frozen=True)
class Variety:
    """What makes a candidate useful beside those that are shown already.

    fit: how much closeness to the message decides between replies of equal confidence
    repeat: the share of its worth that a reply keeps for each one of its topic shown before
    missing: the share that a reply keeps when it cannot be sent before a slot is filled
    """

    fit: float = 0.6
    repeat: float = 0.05
    missing: float = 0.8

    def worth(self, candidate: Candidate, shown: int) -> float:
        """Worth of a candidate when `shown` replies of its topic are shown already."""
        worth = candidate.confidence * (1 + self.fit * candidate.scores.dense) * self.repeat**shown
        return worth if candidate.sendable else worth * self.missing


class Selection:
    """Hands out candidates by worth; what is accepted changes the worth of the rest."""

    def __init__(self, candidates: Sequence[Candidate], variety: Variety = Variety()) -> None:
        self._left = list(candidates)
        self._variety = variety
        self._shown: dict[str, int] = {}

    def next(self) -> Candidate | None:
        """The most useful candidate that has not been handed out, None when there is none."""
        if not self._left:
            return None
        best = max(self._left, key=self._worth)
        self._left.remove(best)
        return best

    def accept(self, candidate: Candidate) -> None:
        """Count the candidate as shown; its twins (the same text) are not handed out any more."""
        topic = candidate.reply.topic
        self._shown[topic] = self._shown.get(topic, 0) + 1
        self._left = [other for other in self._left if other.text != candidate.text]

    def _worth(self, candidate: Candidate) -> float:
        return self._variety.worth(candidate, self._shown.get(candidate.reply.topic, 0))
