"""A ranking learnt from agents' decisions, used only where it is better on decisions that it has not seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from contracts.errors import InputError
from desk.ranking_fit import Trial, fit
from evaluation.statistics.paired import CHANCE, sign_test
from retrieval.ranking import Weights

FEWEST = 50
"""Labelled decisions that a ranking is learnt from at least."""

_FOLDS = 5


@dataclass(frozen=True)
class Relearnt:
    """The ranking of today against a learnt one, on decisions that it was not learnt from.

    `now` and `learnt` are the shares of messages whose first topic is right; `better` and `worse` the messages that
    changed. `weights` are learnt from all of them.
    """

    weights: Weights
    messages: int
    now: float
    learnt: float
    better: int
    worse: int

    @property
    def chance(self) -> float:
        """How often chance alone makes such a difference."""
        return sign_test(self.better, self.worse)

    @property
    def proven(self) -> bool:
        return self.better > self.worse and self.chance < CHANCE


def relearn(trials: Sequence[Trial], conversations: Sequence[str], today: Weights) -> Relearnt:
    """Learn a ranking, and judge the way of learning it by cross-validation, a conversation in one fold.

    Raises InputError for too few decisions, or for some that are all alike.
    """
    from sklearn.model_selection import GroupKFold  # slow to import, and most commands can spare it

    if len(trials) < FEWEST or len(set(conversations)) < _FOLDS:
        raise InputError(f"{len(trials)} labelled decisions are too few to learn from; {FEWEST} are needed")
    now = np.array([_first_right(trial, today) for trial in trials])
    learnt = np.zeros(len(trials), dtype=bool)
    numbers = np.unique(np.array(conversations), return_inverse=True)[1]
    try:
        for train, test in GroupKFold(_FOLDS).split(np.arange(len(trials)), groups=numbers):
            weights = fit([trials[place] for place in train])
            learnt[test] = [_first_right(trials[place], weights) for place in test]
        weights = fit(trials)
    except ValueError:
        raise InputError("the decisions hold no wrong candidates, or no right ones: nothing can be learnt") from None
    return Relearnt(
        weights=weights,
        messages=len(trials),
        now=float(now.mean()),
        learnt=float(learnt.mean()),
        better=int((learnt & ~now).sum()),
        worse=int((now & ~learnt).sum()),
    )


def _first_right(trial: Trial, weights: Weights) -> bool:
    """Whether the candidate of the highest confidence is about what the agent found right."""
    if not trial.candidates:
        return False
    place = int(np.argmax([weights.confidence(candidate.scores) for candidate in trial.candidates]))
    return bool(trial.right[place])
