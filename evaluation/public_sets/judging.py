"""What the light classifier is worth on a public set, and what the encoder is at choosing responses."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import f1_score, roc_auc_score

from evaluation.public_sets.classifier import Classifier, Encode, Floats
from evaluation.public_sets.lines import IntentSet, Line, Selection

_BEFORE = 0.5
"""What each of the two lines before the last counts beside it, as for intents."""
_TIMED = 200
"""Texts that are read one by one for the time of one."""


@dataclass(frozen=True)
class Abstention:
    """With a threshold chosen on the validation lines: what is still right in scope, and found out of scope."""

    threshold: float
    accuracy: float
    out_of_scope_recall: float


@dataclass(frozen=True)
class IntentFigures:
    """Shares 0..1 on the test lines; `accuracy` and `macro_f1` in scope, when nothing is held back.

    `auroc` tells in scope from out of scope by the best probability in scope; it and `abstention` are None for a set
    that has nothing out of scope.
    """

    train: int
    test: int
    labels: int
    accuracy: float
    macro_f1: float
    auroc: float | None
    abstention: Abstention | None
    train_seconds: float
    p50_ms: float


@dataclass(frozen=True)
class SelectionFigures:
    """R10@k: shares of conversations with a true response among the k best of ten; `mrr` of the first true one."""

    conversations: int
    r1: float
    r2: float
    r5: float
    mrr: float


def judge_intents(given: IntentSet, encode: Encode) -> IntentFigures:
    """Train on the one part, judge by the other."""
    started = time.perf_counter()
    model = Classifier.train(encode, given.train)
    seconds = time.perf_counter() - started
    known = [label for label in model.labels if label]
    columns = [model.labels.index(label) for label in known]
    rows = model.probabilities([line.text for line in given.test])[:, columns]
    guesses = [known[place] for place in rows.argmax(axis=1)]
    inside = [(line.label, guess) for line, guess in zip(given.test, guesses, strict=True) if line.in_scope]
    truth, guessed = [label for label, _ in inside], [guess for _, guess in inside]
    scope = [line.in_scope for line in given.test]
    return IntentFigures(
        train=len(given.train),
        test=len(given.test),
        labels=len(known),
        accuracy=float(np.mean([label == guess for label, guess in inside])),
        macro_f1=float(f1_score(truth, guessed, average="macro")),
        auroc=None if all(scope) else float(roc_auc_score(scope, rows.max(axis=1))),
        abstention=_abstention(given, model, columns, rows, guesses),
        train_seconds=seconds,
        p50_ms=_one_by_one(model, given.test),
    )


def _abstention(
    given: IntentSet, model: Classifier, columns: Sequence[int], rows: Floats, guesses: Sequence[str]
) -> Abstention | None:
    if not given.validation or all(line.in_scope for line in given.test):
        return None
    found = model.probabilities([line.text for line in given.validation])[:, columns]
    known = [model.labels[column] for column in columns]
    threshold = best_threshold(given.validation, [known[place] for place in found.argmax(axis=1)], found.max(axis=1))
    kept = rows.max(axis=1) >= threshold
    inside = np.array([line.in_scope for line in given.test])
    right = np.array([line.label == guess for line, guess in zip(given.test, guesses, strict=True)])
    return Abstention(float(threshold), float((right & kept)[inside].mean()), float((~kept)[~inside].mean()))


def best_threshold(lines: Sequence[Line], guesses: Sequence[str], surest: NDArray[np.float64]) -> float:
    """The probability from which on answering makes most of `lines` right, in scope and out of scope together."""
    right = np.array([line.label == guess for line, guess in zip(lines, guesses, strict=True)])
    outside = np.array([not line.in_scope for line in lines])
    order = np.argsort(surest)
    # held back so far: those out of scope become right, those rightly read become wrong
    gains = np.concatenate([[0], np.cumsum(outside[order].astype(int) - right[order].astype(int))])
    place = int(gains.argmax())
    edges = np.concatenate([[0.0], surest[order], [np.inf]])
    return float((edges[place] + edges[place + 1]) / 2) if place else 0.0


def _one_by_one(model: Classifier, lines: Sequence[Line]) -> float:
    times = []
    for line in lines[:_TIMED]:
        started = time.perf_counter()
        model.probabilities([line.text])
        times.append((time.perf_counter() - started) * 1000)
    return float(np.median(times))


def judge_selections(given: Iterable[Selection], encode: Encode) -> SelectionFigures:
    """Rank the candidates by cosine to the last line and, less, to the two before; ties count against us.

    Raises ValueError without a conversation.
    """
    ranks = [_rank(item, encode) for item in given]
    if not ranks:
        raise ValueError("there is no conversation")
    first, second, fifth = (float(np.mean([rank <= k for rank in ranks])) for k in (1, 2, 5))
    return SelectionFigures(len(ranks), first, second, fifth, float(np.mean([1 / rank for rank in ranks])))


def _rank(item: Selection, encode: Encode) -> int:
    """The place, from 1, of the best true response."""
    lines = item.context[::-1][:3]
    vectors = encode([*lines, *item.candidates])
    weights = np.array([1.0, _BEFORE, _BEFORE][: len(lines)])
    scores = vectors[len(lines) :] @ (weights @ vectors[: len(lines)])
    best = max(float(scores[place]) for place in item.right)
    return 1 + sum(float(score) >= best for place, score in enumerate(scores) if place not in item.right)
