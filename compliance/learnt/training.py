"""Training of the learnt check, a part of the set-up: labelled lines in, a model out."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from scipy import sparse  # type: ignore[import-untyped]
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from compliance.catalogue import Catalogue
from compliance.index import PatternIndex
from compliance.learnt import near
from compliance.learnt.features import tokens
from compliance.learnt.gate import gate_open, of_words
from compliance.learnt.lines import AgentLine, lines_of
from compliance.learnt.model import Calibration, Example, Linear, RuleModel
from compliance.learnt.vectors import Encode, dense_rows
from compliance.learnt.vocabulary import Columns, Floats, Vocabulary
from compliance.material import Material, gather

_LEAST = 2
"""Lines that a token must occur in."""


@dataclass(frozen=True)
class Recipe:
    """How the model is trained; docs/decisions/0007 has the measurements."""

    c: float = 10.0
    rounds: int = 100
    topic_rounds: int = 40
    folds: int = 3
    false_alarms: float = 0.03
    """Share of the compliant lines, held out, that the margin lets be stopped."""


RECIPE = Recipe()


@dataclass(frozen=True)
class Set:
    """Labelled lines as numbers; the arrays have a row for each line."""

    lines: tuple[AgentLine, ...]
    documents: tuple[tuple[str, ...], ...]
    dense: Floats
    gates: NDArray[np.bool_]
    """(lines, rules): whether the rule holds on the line's platform and its state lets it be broken."""
    breach: NDArray[np.bool_]
    topic: NDArray[np.intp]
    """The number of the rule that the line is about, -1 for none of them."""


def train(lines: Sequence[AgentLine], catalogue: Catalogue, encode: Encode, encoder: str) -> RuleModel:
    """A model from labelled lines and the catalogue's own examples; `encoder` is the fingerprint of what encodes.

    Raises ValueError when there are too few lines to hold some out.
    """
    rules = tuple(clause.id for clause in catalogue.clauses if of_words(catalogue.checks[clause.id]))
    examples = chain.from_iterable(lines_of(clause) for clause in catalogue.clauses)
    known = tuple(line for line in (*lines, *examples) if line.about in rules)
    everything = prepare(known, catalogue, rules, encode)
    places = np.arange(len(known))
    model = fit(everything, places, rules, encoder)
    return replace(model, calibration=calibrate(held_out(everything, rules), everything.breach))


def prepare(lines: tuple[AgentLine, ...], catalogue: Catalogue, rules: tuple[str, ...], encode: Encode) -> Set:
    """The features of lines."""
    index = PatternIndex(catalogue.classes.values(), (line.text for line in lines))
    materials = [gather(line.text, line.platform, line.context, index) for line in lines]
    numbers = {rule: number for number, rule in enumerate(rules)}
    return Set(
        lines,
        tuple(tuple(tokens(material, catalogue.classes)) for material in materials),
        dense_rows(materials, encode),
        np.array([[_open(catalogue, rule, material) for rule in rules] for material in materials]),
        np.array([bool(line.violates) for line in lines]),
        np.array([numbers.get(line.about, -1) for line in lines]),
    )


def _open(catalogue: Catalogue, rule: str, material: Material) -> bool:
    known = material.platform in catalogue.require(rule).platforms
    return known and gate_open(catalogue.checks[rule], material)


def fit(data: Set, places: NDArray[np.intp], rules: tuple[str, ...], encoder: str) -> RuleModel:
    """A model of the lines at `places`, not calibrated yet.

    A compliant line that only its state makes so teaches nothing about its words and is left out.
    """
    taught = [place for place in places if data.breach[place] or data.gates[place, data.topic[place]]]
    vocabulary = Vocabulary.of([data.documents[place] for place in taught], _LEAST)
    rows = [vocabulary.row(data.documents[place]) for place in taught]
    features = _matrix(rows, data.dense[taught], len(vocabulary.idf))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # the rounds are a budget; more gain nothing held out
        breach = LogisticRegression(C=RECIPE.c, max_iter=RECIPE.rounds).fit(features, data.breach[taught])
        topic = LogisticRegression(C=RECIPE.c, max_iter=RECIPE.topic_rounds).fit(features, data.topic[taught])
    width = len(vocabulary.idf)
    return RuleModel(
        tuple(rules[number] for number in topic.classes_),
        vocabulary,
        _linear(breach, width),
        _linear(topic, width),
        Calibration(1.0, 0.0, 1.0),
        encoder,
    )


def held_out(data: Set, rules: tuple[str, ...]) -> Floats:
    """For each line its score by a model that saw neither the line nor one near to it; -inf where no rule may fire."""
    scores = np.full(len(data.lines), -np.inf, dtype=np.float32)
    groups = near.groups([line.text for line in data.lines])
    for taught, held in GroupKFold(RECIPE.folds).split(scores, groups=groups):
        model = fit(data, taught, rules, "")
        numbers = [rules.index(rule) for rule in model.rules]
        for place in held:
            columns, values = model.vocabulary.row(data.documents[place])
            judged = model.judge(Example(columns, values, data.dense[place]), data.gates[place, numbers])
            if judged is not None:
                scores[place] = judged.score
    return scores


def calibrate(scores: Floats, breach: NDArray[np.bool_]) -> Calibration:
    """The logistic curve over held-out scores, and the margin that RECIPE.false_alarms of the compliant lines pass."""
    finite = np.isfinite(scores)
    curve = LogisticRegression(C=1e6).fit(scores[finite, None], breach[finite])
    compliant = np.sort(scores[~breach])[::-1]
    least = compliant[int(RECIPE.false_alarms * len(compliant))]
    calibration = Calibration(float(curve.coef_[0, 0]), float(curve.intercept_[0]), 1.0)
    return replace(calibration, margin=calibration.probability(float(least)))


def _matrix(rows: Sequence[tuple[Columns, Floats]], dense: Floats, width: int) -> sparse.csr_matrix:
    """The tokens of each row and its vectors side by side."""
    ends = np.cumsum([0] + [len(columns) for columns, _ in rows])
    columns = np.concatenate([columns for columns, _ in rows])
    values = np.concatenate([values for _, values in rows])
    tokens_part = sparse.csr_matrix((values, columns, ends), shape=(len(rows), width))
    return sparse.hstack([tokens_part, sparse.csr_matrix(dense)], format="csr")


def _linear(model: LogisticRegression, width: int) -> Linear:
    weights = model.coef_.T.astype(np.float32)
    bias = model.intercept_.astype(np.float32)
    return Linear(np.ascontiguousarray(weights[:width]), np.ascontiguousarray(weights[width:]), bias)
