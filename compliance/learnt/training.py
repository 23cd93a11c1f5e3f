"""Training of the learnt check, a part of the set-up: labelled lines in, a model out.

The rule is fitted by least squares, the breach by a logistic regression in which two lines count for each other once
everywhere and once more where they are about the same rule (`fitting.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, islice

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from compliance.catalogue import Catalogue
from compliance.index import PatternIndex
from compliance.learnt.features import GROUPS, tokens
from compliance.learnt.fitting import breach_weights, rule_weights
from compliance.learnt.gate import gate_open, holds, learnable
from compliance.learnt.lines import NO_CLAUSE, AgentLine, lines_of
from compliance.learnt.model import NO_RULE, Calibration, Judgement, Mask, RuleModel
from compliance.learnt.vectors import dense_rows
from compliance.material import Material, gather
from compliance.reading import read
from contracts.platform import Platform
from learning import near
from learning.encode import Encode
from learning.linear import Example
from learning.rows import Rows, linear, matrix
from learning.vocabulary import Floats, Vocabulary

_LEAST = 2
"""Lines that a token must occur in."""

_TOLD = 4000
"""Lines that tell what the vectors add."""


@dataclass(frozen=True)
class Recipe:
    """How the model is trained; docs/decisions/0007 has the measurements."""

    topic_ridge: float = 1.0
    breach_ridge: float = 0.05
    own_share: float = 1.0
    """What two lines about the same rule count for each other besides what all lines do."""
    folds: int = 3
    false_alarms: float = 0.08
    """Share of the compliant lines, held out, that the margin lets be stopped."""
    beyond_reach: float = 0.05
    """Share of the lines for which the vectors add more than the model says they can."""


RECIPE = Recipe()


@dataclass(frozen=True)
class Set:
    """Labelled lines as numbers; the arrays have a row for each line."""

    lines: tuple[AgentLine, ...]
    vocabulary: Vocabulary
    rows: Rows
    rules: tuple[str, ...]
    here: NDArray[np.bool_]
    """(lines, rules): whether the rule holds on the line's platform."""
    gates: NDArray[np.bool_]
    """(lines, rules): whether it does and the line's state lets it be broken."""
    breach: NDArray[np.bool_]
    topic: NDArray[np.intp]
    """The number of the rule that the line is about."""

    def example(self, place: int) -> Example:
        """The features of one line."""
        row = self.rows.tokens[place]
        return Example(row.indices, row.data, self.rows.dense[place])

    def judge(self, place: int, model: RuleModel) -> Judgement | None:
        """What a model says of one line."""
        return model.judge(self.example(place), self.here[place], self.gates[place])


def train(lines: Sequence[AgentLine], catalogue: Catalogue, encode: Encode, encoder: str) -> RuleModel:
    """A model from labelled lines and the catalogue's own examples; `encoder` is the fingerprint of what encodes.

    Raises ValueError when there are too few lines to hold some out.
    """
    data = prepare((*lines, *examples(catalogue)), catalogue, encode)
    model = fit(data, np.arange(len(data.lines)), encoder)
    places, scores = held_out(data)
    calibration = replace(calibrate(scores, data.breach[places]), reach=_reach(model, data))
    return replace(model, calibration=calibration)


def examples(catalogue: Catalogue) -> tuple[AgentLine, ...]:
    """The catalogue's own examples of what is learnt, as lines."""
    return tuple(chain.from_iterable(lines_of(clause) for clause in catalogue.clauses if not clause.hint))


def prepare(lines: tuple[AgentLine, ...], catalogue: Catalogue, encode: Encode) -> Set:
    """The features of lines.

    Those about a clause that looks at the state alone are left out, and so are those that break a hint of manner:
    hints are not learnt, and what breaks one would be taught as a breach of no rule. What keeps a hint is ordinary.
    """
    rules = (NO_RULE, *learnable(catalogue))
    ordinary = {NO_CLAUSE, *(clause.id for clause in catalogue.clauses if clause.hint)}
    known = tuple(line for line in lines if line.about in rules or (line.about in ordinary and not line.violates))
    index = PatternIndex(catalogue.classes.values(), (line.text for line in known))
    reading = partial(read, index=index)
    materials = [gather(line.text, line.platform, line.context, reading) for line in known]
    documents = [tuple(tokens(material, catalogue.classes)) for material in materials]
    vocabulary = Vocabulary.of(documents, _LEAST, GROUPS)
    features = matrix([vocabulary.row(document) for document in documents], len(vocabulary.idf))
    numbers = {rule: number for number, rule in enumerate(rules)}
    places = {platform: holds(catalogue, rules, platform) for platform in Platform}
    here = np.array([places[line.platform] for line in known])
    return Set(
        lines=known,
        vocabulary=vocabulary,
        rows=Rows(features, dense_rows(materials, encode)),
        rules=rules,
        here=here,
        gates=here & np.array([[_open(catalogue, rule, material) for rule in rules] for material in materials]),
        breach=np.array([bool(line.violates) for line in known]),
        topic=np.array([numbers.get(line.about, 0) for line in known]),
    )


def _open(catalogue: Catalogue, rule: str, material: Material) -> bool:
    return rule != NO_RULE and gate_open(catalogue.checks[rule], material)


def fit(data: Set, places: NDArray[np.intp], encoder: str = "") -> RuleModel:
    """A model of the lines at `places`, not calibrated yet.

    A compliant line that only its state makes so teaches nothing about its words and is left out.
    """
    topics = data.topic[places]
    closed = ~data.breach[places] & ~data.gates[places, topics] & (topics > 0)
    taught = places[~closed]
    rows = data.rows[taught]
    about = np.eye(len(data.rules), dtype=np.float32)[data.topic[taught]]
    topic = rule_weights(rows, about, RECIPE.topic_ridge)
    pull = breach_weights(rows, data.topic[taught], data.breach[taught], RECIPE.own_share, RECIPE.breach_ridge)
    breach = np.hstack([pull[:, None], RECIPE.own_share * pull[:, None] * about])
    calibration = Calibration(1.0, 0.0, 1.0)
    return RuleModel(data.rules, data.vocabulary, linear(rows, breach), linear(rows, topic), calibration, encoder)


def apart(data: Set, rounds: int = RECIPE.folds) -> Iterator[tuple[int, RuleModel]]:
    """The place of each line of the first folds with a model that saw neither the line nor one near to it.

    Raises ValueError when there are too few lines to hold some out.
    """
    groups = near.groups([line.text for line in data.lines])
    for taught, held in islice(GroupKFold(RECIPE.folds).split(groups, groups=groups), rounds):
        model = fit(data, taught)
        for place in held:
            yield int(place), model


def held_out(data: Set) -> tuple[NDArray[np.intp], Floats]:
    """The places of the lines of one fold, and their scores by a model of the others; -inf where no rule may fire."""
    judged = {place: data.judge(place, model) for place, model in apart(data, rounds=1)}
    scores = [-np.inf if judgement is None else judgement.score for judgement in judged.values()]
    return np.fromiter(judged, dtype=np.intp), np.array(scores, dtype=np.float32)


def calibrate(scores: Floats, breach: NDArray[np.bool_]) -> Calibration:
    """The logistic curve over held-out scores, and the margin that RECIPE.false_alarms of the compliant lines pass."""
    finite = np.isfinite(scores)
    curve = LogisticRegression(C=1e6).fit(scores[finite, None], breach[finite])
    compliant = np.sort(scores[~breach])[::-1]
    least = compliant[int(RECIPE.false_alarms * len(compliant))]
    calibration = Calibration(float(curve.coef_[0, 0]), float(curve.intercept_[0]), 1.0)
    return replace(calibration, margin=calibration.probability(float(least)))


def _reach(model: RuleModel, data: Set) -> float:
    """What the vectors add to a score, exceeded by RECIPE.beyond_reach of the lines; a few thousand of them tell."""
    some = range(0, len(data.lines), 1 + len(data.lines) // _TOLD)
    added = [_added(model, data.example(place), data.here[place]) for place in some]
    return float(np.quantile(added, 1 - RECIPE.beyond_reach))


def _added(model: RuleModel, example: Example, here: Mask) -> float:
    """What the vectors add to the score of the tokens alone."""
    return model.score(example, here) - model.score(replace(example, dense=None), here)
