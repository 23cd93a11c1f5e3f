"""Fitting the ranking: which weights make the confidence of a reply the probability that it is about the question.

Logistic regression over cosine, BM25 and the log odds of the topic (docs/decisions/0004), on messages whose topics
are known and that neither encoder nor intent model was trained on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from contracts.candidate import Candidate
from contracts.errors import ServiceDown
from contracts.taxonomy import intent_of
from contracts.turn import Inquiry
from desk.suggest import Suggester
from retrieval.ranking import Weights, log_odds

if TYPE_CHECKING:
    from sklearn.linear_model import LogisticRegression

Floats = NDArray[np.float64]
_INVERSE_RIDGE = 100.0
_FOLDS = 5
_SHOWN = 3


@dataclass(frozen=True)
class Labelled:
    """A message and the topics that a right answer may have."""

    inquiry: Inquiry
    topics: frozenset[str]


@dataclass(frozen=True)
class Trial:
    """What the desk found for a labelled message: the best candidate of each topic.

    `parts` (n, 4): cosine, BM25, log odds of the topic, log odds of its intent; `right` (n,).
    """

    candidates: tuple[Candidate, ...]
    parts: Floats
    right: NDArray[np.bool_]


@dataclass(frozen=True)
class Way:
    """A way to rank by some of the parts."""

    name: str
    parts: tuple[int, ...]


WAYS = (
    Way("keyword only", (1,)),
    Way("dense only", (0,)),
    Way("fused", (0, 1)),
    Way("fused, intent prior", (0, 1, 3)),
    Way("fused, topic prior", (0, 1, 2)),
)
"""The last one is how the desk ranks."""


@dataclass(frozen=True)
class Figures:
    """Shares 0..1 of messages: a right topic first, and one among the three best topics."""

    way: str
    first: float
    among: float


def trial(suggester: Suggester, message: Labelled) -> Trial:
    """Rank a message as the desk does, with the candidates of each topic reduced to the best.

    Raises ServiceDown without the intent model: what is fitted then would not hold with it.
    """
    ranked = suggester.rank(message.inquiry)
    if ranked.understanding.degraded:
        raise ServiceDown(ranked.understanding.note)
    intents = {guess.name: guess.confidence for guess in ranked.understanding.intents}
    best: dict[str, Candidate] = {}
    for candidate in ranked.candidates:
        best.setdefault(candidate.reply.topic, candidate)
    rows = [_parts(candidate, intents.get(intent_of(topic), 0.0)) for topic, candidate in best.items()]
    right = np.array([topic in message.topics for topic in best], dtype=bool)
    return Trial(tuple(best.values()), np.array(rows, dtype=float).reshape(len(rows), 4), right)


def _parts(candidate: Candidate, intent: float) -> tuple[float, float, float, float]:
    scores = candidate.scores
    return scores.dense, scores.keyword, float(log_odds(scores.prior)), float(log_odds(intent))


def fit(trials: Sequence[Trial]) -> Weights:
    """The weights of the desk's way. Raises ValueError when the trials hold no right or no wrong candidate."""
    model = _model(trials, WAYS[-1])
    dense, keyword, prior = (float(value) for value in model.coef_[0])
    return Weights(float(model.intercept_[0]), dense, keyword, prior)


def compare(trained: Sequence[Trial], tested: Sequence[Trial] | None = None) -> tuple[Figures, ...]:
    """Every way on `tested`, fitted on `trained`; without `tested` on `trained` itself by cross-validation.

    Nothing is held back for want of confidence.
    """
    if tested is None:
        return tuple(_figures(way, trained, _crossed(trained, way)) for way in WAYS)
    return tuple(_figures(way, tested, _judged(_model(trained, way), way, tested)) for way in WAYS)


def reliability(trials: Sequence[Trial], weights: Weights, edges: Iterable[float]) -> list[tuple[float, int, float]]:
    """For each range of confidence, from one of `edges` up: the edge, the messages, how often their best is right."""
    tops = [_top(item, weights) for item in trials if item.candidates]
    starts = [*edges, 1.01]
    rows = []
    for low, high in pairwise(starts):
        inside = [right for confidence, right in tops if low <= confidence < high]
        rows.append((low, len(inside), float(np.mean(inside)) if inside else 0.0))
    return rows


def _top(item: Trial, weights: Weights) -> tuple[float, bool]:
    """The highest confidence and whether the reply that has it is right."""
    confidences = [weights.confidence(candidate.scores) for candidate in item.candidates]
    place = int(np.argmax(confidences))
    return confidences[place], bool(item.right[place])


def _model(trials: Sequence[Trial], way: Way) -> LogisticRegression:
    from sklearn.linear_model import LogisticRegression  # slow to import, and most commands can spare it

    parts = np.concatenate([item.parts for item in trials])[:, way.parts]
    right = np.concatenate([item.right for item in trials])
    return LogisticRegression(C=_INVERSE_RIDGE, max_iter=1000).fit(parts, right)


def _judged(model: LogisticRegression, way: Way, trials: Sequence[Trial]) -> list[Floats]:
    """The confidence of every candidate of each trial."""
    return [model.predict_proba(item.parts[:, way.parts])[:, 1] if item.candidates else np.zeros(0) for item in trials]


def _crossed(trials: Sequence[Trial], way: Way) -> list[Floats]:
    from sklearn.model_selection import GroupKFold

    numbers = np.arange(len(trials))
    judged: list[Floats] = [np.zeros(0)] * len(trials)
    for train, test in GroupKFold(_FOLDS).split(numbers, groups=numbers):
        model = _model([trials[place] for place in train], way)
        for place, confidence in zip(test, _judged(model, way, [trials[place] for place in test]), strict=True):
            judged[place] = confidence
    return judged


def _figures(way: Way, trials: Sequence[Trial], judged: Sequence[Floats]) -> Figures:
    best = [item.right[np.argsort(-worth, kind="stable")] for item, worth in zip(trials, judged, strict=True)]
    first = float(np.mean([right[:1].any() for right in best]))
    return Figures(way.name, first, float(np.mean([right[:_SHOWN].any() for right in best])))
