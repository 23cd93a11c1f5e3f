"""Training of the learnt check, a part of the set-up: labelled lines in, a model out. Needs torch.

Of the part that looks at words the rule is fitted by least squares, the breach by a logistic regression in which two
lines count for each other once everywhere and once more where they are about the same rule (`fitting.py`). The part
that reads sentences is a network (`network.py`). One group of lines in twelve is kept from both and sets the margin.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold

from compliance.catalogue import Catalogue
from compliance.learnt.fitting import breach_weights, rule_weights
from compliance.learnt.head import Scores
from compliance.learnt.labelled import Set, examples, prepare
from compliance.learnt.lines import AUTOMATIC, AgentLine
from compliance.learnt.model import Calibration, Judgement, RuleModel, any_breach
from compliance.learnt.network import Course, Trainable, teach
from learning import near
from learning.rows import linear
from learning.vocabulary import Floats

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Recipe:
    """How the model is trained; docs/decisions/0007 has the measurements."""

    topic_ridge: float = 1.0
    breach_ridge: float = 0.05
    own_share: float = 1.0
    """What two lines about the same rule count for each other besides what all lines do."""
    kept: int = 12
    """One group of lines in so many is kept from the training."""
    folds: int = 3
    """Parts that are held out one after the other to measure how well unseen lines are judged."""
    false_alarms: float = 0.05
    """Share of the compliant lines, held out, that the margin lets be stopped."""
    beyond_reach: float = 0.1
    """Share of the lines for which the network adds more than the model says it can."""


RECIPE = Recipe()


@dataclass(frozen=True)
class Told:
    """What a model says of one line that it was not trained on: by its words alone, and by both parts."""

    place: int
    words: Scores
    joined: Scores
    judgement: Judgement | None


def train(lines: Sequence[AgentLine], catalogue: Catalogue, body: Trainable, progress: Progress) -> RuleModel:
    """A model from labelled lines and the catalogue's own examples; `body` is trained in place and belongs to it.

    Raises ValueError when there are too few lines to hold some out.
    """
    data = prepare((*lines, *examples(catalogue)), catalogue)
    taught, kept = parted(data)
    model, told = _fitted(data, taught, kept, body, progress)
    scores = np.array([_score(line) for line in told], dtype=np.float32)
    calibration = calibrate(scores, data.breach[kept])
    reach = float(np.quantile([_added(line) for line in told], 1 - RECIPE.beyond_reach))
    return replace(model, calibration=replace(calibration, reach=reach))


def parted(data: Set) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Places of lines to learn from, all that leave by themselves among them, and of those kept to set the margin.

    Raises ValueError when there are too few lines to hold some out.
    """
    taught, kept = next(_folds(data, RECIPE.kept))
    automatic = np.array([line.about == AUTOMATIC for line in data.lines])
    return np.union1d(taught, np.flatnonzero(automatic)), kept[~automatic[kept]]


def apart(data: Set, body: Callable[[], Trainable], progress: Progress) -> Iterator[tuple[RuleModel, Told]]:
    """Each line as a model tells it that saw neither the line nor one near to it; `body` makes an untrained encoder.

    Raises ValueError when there are too few lines to hold some out.
    """
    for taught, held in _folds(data, RECIPE.folds):
        model, told = _fitted(data, taught, held, body(), progress)
        yield from ((model, line) for line in told)


def calibrate(scores: Floats, breach: NDArray[np.bool_]) -> Calibration:
    """The logistic curve over held-out scores, and the margin that RECIPE.false_alarms of the compliant lines pass."""
    finite = np.isfinite(scores)
    curve = LogisticRegression(C=1e6).fit(scores[finite, None], breach[finite])
    compliant = np.sort(scores[~breach])[::-1]
    least = compliant[int(RECIPE.false_alarms * len(compliant))]
    calibration = Calibration(float(curve.coef_[0, 0]), float(curve.intercept_[0]), 1.0)
    return replace(calibration, margin=calibration.probability(float(least)))


def _folds(data: Set, count: int) -> Iterator[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """Places of lines to learn from and of those held out; lines near to each other stand on one side."""
    groups = near.groups([line.text for line in data.lines])
    yield from StratifiedGroupKFold(count).split(groups, data.breach, groups)


def _fitted(
    data: Set, places: NDArray[np.intp], held: NDArray[np.intp], body: Trainable, progress: Progress
) -> tuple[RuleModel, list[Told]]:
    """A model of the lines at `places`, not calibrated yet, and what it tells of those held out."""
    taught = data.taught(places)
    network = teach(body, _course(data, taught), progress)
    rows = data.rows[taught]
    about = np.eye(len(data.rules), dtype=np.float32)[data.topic[taught]]
    topic = rule_weights(rows, about, RECIPE.topic_ridge)
    pull = breach_weights(rows, data.topic[taught], data.breach[taught], RECIPE.own_share, RECIPE.breach_ridge)
    breach = np.hstack([pull[:, None], RECIPE.own_share * pull[:, None] * about])
    model = RuleModel(
        data.rules,
        data.vocabulary,
        linear(rows, breach),
        linear(rows, topic),
        network.head(data.states),
        Calibration(1.0, 0.0, 1.0),
    )
    read = network.tell(_course(data, held))
    return model, [_told(data, int(place), model, scores) for place, scores in zip(held, read, strict=True)]


def _told(data: Set, place: int, model: RuleModel, network: Scores) -> Told:
    here = data.here[place]
    words = model.by_words(data.example(place), here)
    joined = model.joined(words, network, here)
    return Told(place, words, joined, model.judge(joined, data.gates[place]))


def _course(data: Set, places: NDArray[np.intp]) -> Course:
    return Course(
        [data.said[place] for place in places],
        [data.asked[place] for place in places],
        data.known[places],
        data.here[places],
        data.gates[places],
        data.topic[places],
        data.breach[places],
    )


def _score(told: Told) -> float:
    return told.judgement.score if told.judgement is not None else -np.inf


def _added(told: Told) -> float:
    """What the network adds to the score of the words alone."""
    return any_breach(told.joined) - any_breach(told.words)
