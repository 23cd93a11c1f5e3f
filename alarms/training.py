"""Training of the learnt alarms, a part of the set-up: labelled lines in, a model out.

The labelled lines are joined by training lines of the intent model, which say what is ordinary and add some alarms of
their own; those that nothing is trained on (`contracts/holdout.py`) set the bars. docs/decisions/0013 has the figures.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import GroupKFold

from alarms.features import GROUPS, tokens, words
from alarms.kinds import QUESTIONS, TEMPERS, UPSET, asked
from alarms.lines import AlarmLine
from alarms.model import AlarmModel, Bars
from contracts.holdout import held_out
from contracts.taxonomy import intent_of
from learning import near
from learning.encode import Encode
from learning.rows import Rows, linear, matrix
from learning.vocabulary import Floats, Vocabulary

_LEAST = 2
"""Lines that a token must occur in."""

_TOPICS = {"complaint": UPSET, "human": "person", "off_platform": "outside", "payment/transfer_outside": "outside"}
"""Intents and topics whose lines answer a question with yes."""
_UNSURE = frozenset({"account/privacy"})
"""Topics with alarms among ordinary lines."""
_CLOSE = frozenset({"thanks", "affirm", "out_of_scope", "inform", "deny", "greet", "goodbye", "returns/quality"})
"""Intents and topics whose ordinary lines are easily taken for alarms: short or lively ones, and damage to goods."""


@dataclass(frozen=True)
class Recipe:
    """How the model is trained."""

    ridge: float = 0.5
    folds: int = 3
    one_in: int = 6
    """Of the intent model's ordinary lines, one in so many is learnt from."""
    one_in_close: int = 2
    """The same for lines of _CLOSE."""
    false_alarms: tuple[float, ...] = (0.002, 0.002, 0.003, 0.004, 0.003)
    """For each of QUESTIONS the share of ordinary lines, not learnt from, that the bar lets through."""
    likely: float = 0.03
    """The same for the lower bar, above which an alarm is likely where something else speaks for it."""
    disbelieved: float = 0.01
    """Share of the alarms, held out, that score below what is believed."""
    rounds: int = 60
    tolerance: float = 1e-3


RECIPE = Recipe()


@dataclass(frozen=True)
class Said:
    """A training line of the intent model with its topics, the main one first."""

    text: str
    topics: tuple[str, ...]


@dataclass(frozen=True)
class Set:
    """Lines as numbers: `labelled` ones first, then the `said`; the arrays have a row for each line."""

    labelled: tuple[AlarmLine, ...]
    said: tuple[Said, ...]
    vocabulary: Vocabulary
    rows: Rows
    yes: NDArray[np.bool_]
    """(lines, questions)"""
    ordinary: NDArray[np.bool_]
    """Whether the line sets the bars."""
    kept: NDArray[np.bool_]
    """Whether nothing may be learnt from the line."""


def train(lines: Sequence[AlarmLine], said: Sequence[Said], encode: Encode, encoder: str) -> AlarmModel:
    """A model from labelled lines and lines of the intent model; `encoder` is the fingerprint of what encodes.

    Raises ValueError when there are too few lines to hold some out, or no labelled ones of a question.
    """
    known = asked([kind for line in lines for kind in line.kinds])
    if lacking := sorted(set(QUESTIONS) - known):
        raise ValueError(f"no labelled line of {', '.join(lacking)}")
    data = prepare(lines, said, encode)
    bars = calibrate(data, held_out_scores(data))
    return fit(data, np.flatnonzero(~data.kept), bars, encoder)


def prepare(lines: Sequence[AlarmLine], said: Sequence[Said], encode: Encode) -> Set:
    """Lines in the form that `fit` wants."""
    own = {line.text for line in lines}
    chosen = {line.text: line for line in said if line.text not in own and _chosen(line)}
    others = tuple(chosen.values())
    texts = [words(text) for text in [line.text for line in lines] + list(chosen)]
    documents = [tuple(tokens(text)) for text in texts]
    vocabulary = Vocabulary.of(documents, _LEAST, GROUPS)
    features = matrix([vocabulary.row(document) for document in documents], len(vocabulary.idf))
    answers = [asked(line.kinds) for line in lines] + [_answers(line) for line in others]
    yes = np.array([[name in answer for name in QUESTIONS] for answer in answers])
    kept = np.array([False] * len(lines) + [held_out(line.text) for line in others])
    plain = np.array([not line.kinds and not line.near for line in lines] + [False] * len(others))
    return Set(
        labelled=tuple(lines),
        said=others,
        vocabulary=vocabulary,
        rows=Rows(features, encode(texts).astype(np.float32, copy=False)),
        yes=yes,
        ordinary=(plain | kept) & ~yes.any(axis=1),
        kept=kept,
    )


def _answers(line: Said) -> frozenset[str]:
    """The questions that a line of the intent model answers with yes, by its main topic."""
    names = (line.topics[0], intent_of(line.topics[0]))
    return frozenset(_TOPICS[name] for name in names if name in _TOPICS)


def _chosen(line: Said) -> bool:
    """Whether the line is taken: what is held out, what raises alarms, and some of the ordinary ones."""
    if _UNSURE & set(line.topics):
        return False
    if held_out(line.text):
        return not any(intent_of(topic) in _TOPICS or topic in _TOPICS for topic in line.topics)
    if _answers(line):
        return zlib.crc32(line.text.encode()) % 2 == 0
    close = any(topic in _CLOSE or intent_of(topic) in _CLOSE for topic in line.topics)
    return zlib.crc32(line.text.encode()) % (RECIPE.one_in_close if close else RECIPE.one_in) == 0


def fit(data: Set, taught: NDArray[np.intp], bars: Bars, encoder: str = "") -> AlarmModel:
    """A model of the lines at `taught`."""
    rows = data.rows[taught]
    questions = linear(rows, least_squares(rows, data.yes[taught].astype(np.float32), RECIPE.ridge))
    upset = np.array([place for place in taught if _tempers(data, place)])
    tempers = np.array([[name in _tempers(data, place) for name in TEMPERS] for place in upset], dtype=np.float32)
    moody = data.rows[upset]
    told = linear(moody, least_squares(moody, tempers, RECIPE.ridge))
    return AlarmModel(data.vocabulary, questions, told, bars, encoder)


def _tempers(data: Set, place: int) -> frozenset[str]:
    return frozenset(data.labelled[place].kinds) & set(TEMPERS) if place < len(data.labelled) else frozenset()


def held_out_scores(data: Set) -> Floats:
    """For each line its scores (lines, questions) by a model that saw neither the line nor one near to it."""
    scores = np.zeros(data.yes.shape, dtype=np.float32)
    learnt = np.flatnonzero(~data.kept)
    groups = near.groups([line.text for line in data.labelled] + [line.text for line in data.said])
    belongs = np.array(groups)[learnt]
    for taught, held in GroupKFold(RECIPE.folds).split(learnt, groups=belongs):
        rows = data.rows[learnt[taught]]
        labels = data.yes[learnt[taught]].astype(np.float32)
        model = linear(rows, least_squares(rows, labels, RECIPE.ridge))
        places = np.concatenate([learnt[held], np.flatnonzero(data.kept)])
        some = data.rows[places]
        found = some.tokens @ model.tokens + some.dense @ model.dense + model.bias
        scores[learnt[held]] = found[: len(held)]
        scores[data.kept] += found[len(held) :] / RECIPE.folds
    return scores


def calibrate(data: Set, scores: Floats) -> Bars:
    """The bars by held-out scores (lines, questions): what few ordinary lines pass, and what few alarms stay below."""
    if not data.ordinary.any():
        raise ValueError("there are no ordinary lines to set the bars by")
    ordinary = np.sort(scores[data.ordinary], axis=0)[::-1]
    own = np.arange(len(scores)) < len(data.labelled)
    sure = [float(ordinary[int(share * len(ordinary)), place]) for place, share in enumerate(RECIPE.false_alarms)]
    likely = [float(score) for score in ordinary[int(RECIPE.likely * len(ordinary))]]
    alarms = [scores[own & yes, place] for place, yes in enumerate(data.yes.T)]
    least = [float(np.quantile(some, RECIPE.disbelieved)) for some in alarms]
    doubts = [min(bar, score) for bar, score in zip(likely, least, strict=True)]
    return Bars(tuple(sure), tuple(likely), tuple(doubts))


def least_squares(rows: Rows, labels: Floats, ridge: float) -> Floats:
    """The weight (lines, outputs) of each line in a ridge regression of `labels` (lines, outputs).

    Conjugate gradients for all outputs at once: each product is a walk through the features and back.
    """
    product = rows.product()
    weights = np.zeros_like(labels)
    rest = labels.copy()
    step = rest.copy()
    error = (rest * rest).sum(axis=0)
    enough = RECIPE.tolerance**2 * np.maximum(error, 1e-12)
    for _ in range(RECIPE.rounds):
        if (error <= enough).all():
            break
        along = product(step) + ridge * step
        length = error / np.maximum((step * along).sum(axis=0), 1e-12)
        weights += length * step
        rest -= length * along
        after = (rest * rest).sum(axis=0)
        step = rest + after / np.maximum(error, 1e-12) * step
        error = after
    return weights
