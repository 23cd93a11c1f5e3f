"""How well a model reads intents, by labelled questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from contracts.understanding import Guess
from evaluation.dialogues import Clarity
from evaluation.questions import Question

_OUT = "out_of_scope"
_BINS = 10


@dataclass(frozen=True)
class Reading:
    """What a model read in one question, surest first, and the milliseconds it took."""

    intents: tuple[Guess, ...]
    milliseconds: float


@dataclass(frozen=True)
class IntentFigures:
    """Shares 0..1: the main intent right, for messages clear alone and for all; macro-F1 over the intents that occur.

    auroc: the probability of out_of_scope for messages that are, against all others; None when there is one kind only
    ece: expected calibration error of the surest intent in ten bins of equal width
    """

    messages: int
    clear: float | None
    all: float
    macro_f1: float
    auroc: float | None
    ece: float
    p50: float
    p99: float


def figures(questions: Sequence[Question], readings: Sequence[Reading]) -> IntentFigures:
    """The figures of one model; `readings` stand in the order of `questions`, each with an intent at least."""
    from sklearn.metrics import f1_score, roc_auc_score  # slow to import, and most commands can spare it

    truth = [question.intent for question in questions]
    tops = [reading.intents[0] for reading in readings]
    right = np.array([top.name == label for top, label in zip(tops, truth, strict=True)])
    clear = np.array([question.clarity is Clarity.CLEAR for question in questions])
    names = [top.name for top in tops]
    outside = [sum(guess.confidence for guess in reading.intents if guess.name == _OUT) for reading in readings]
    is_outside = [label == _OUT for label in truth]
    middle, highest = np.percentile([reading.milliseconds for reading in readings], [50, 99])
    return IntentFigures(
        messages=len(questions),
        clear=float(right[clear].mean()) if clear.any() else None,
        all=float(right.mean()),
        macro_f1=float(f1_score(truth, names, average="macro", labels=sorted(set(truth)), zero_division=0)),
        auroc=float(roc_auc_score(is_outside, outside)) if 0 < sum(is_outside) < len(truth) else None,
        ece=calibration_error([top.confidence for top in tops], [bool(flag) for flag in right]),
        p50=float(middle),
        p99=float(highest),
    )


def calibration_error(confidences: Sequence[float], right: Sequence[bool]) -> float:
    """Mean distance between confidence and share right, by bins as heavy as they are full (Guo et al. 2017)."""
    values, flags = np.array(confidences), np.array(right)
    places = np.minimum((values * _BINS).astype(int), _BINS - 1)
    error = 0.0
    for place in range(_BINS):
        inside = places == place
        if inside.any():
            error += inside.mean() * abs(values[inside].mean() - flags[inside].mean())
    return float(error)
