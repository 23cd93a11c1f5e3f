"""The learnt model: how likely a reply breaks any rule, and which one it would be.

Two parts say so, each for the rule a reply is about and for its breach: linear models over words, which are quick, and
a network over sentence vectors, which reads more. Everything is kept as plain arrays and JSON, so that nothing is
unpickled at start.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from compliance.learnt.features import GROUPS
from compliance.learnt.head import Head, Scores
from learning.linear import Example, Linear
from learning.stored import Stored
from learning.vocabulary import Floats, Vocabulary

NO_RULE = ""
"""Stands first among the rules, for lines that are about none of them; it holds everywhere and is never open."""

Mask = NDArray[np.bool_]

_FAR = 50.0
"""Log odds beyond which a probability is 0 or 1."""

_SHARPNESS = 32.0
"""Turns the scores of the rules into log odds; a least-squares fit to hundreds of rules leaves them small."""

_NEVER = -1e4
"""Log probability of a rule that does not hold."""

_LEAST_CHANCE = 1e-9
"""Nearer to 0 or 1 no probability of a breach is told apart."""

WORDS_NAME, NETWORK_NAME = 0.5, 0.7
"""What the two parts count for the rule; powers of their probabilities."""
WORDS_BREACH, NETWORK_BREACH = 0.7, 0.8
"""What the two parts count for the breach; factors of their log odds."""

FORMAT = 5
"""Changes when older files can no longer be read or would judge otherwise."""

DOUBT = -2.0
"""Log odds of a breach under which a finding of the patterns is dropped: one chance in four (docs/decisions/0007)."""

HEAD = "head.npz"

_PARTS = ("breach", "topic")


@dataclass(frozen=True)
class Calibration:
    """What turns a score into a probability (a logistic curve), and the least probability that counts.

    `reach` is what the network adds to the score of the words at most, but for a few lines in a hundred.
    """

    slope: float
    offset: float
    margin: float
    reach: float = math.inf

    def hopeless(self, score: float) -> bool:
        """Whether no network would lift a score of the words alone over the margin."""
        return self.probability(score + self.reach) <= self.margin

    def probability(self, score: float) -> float:
        """The probability that belongs to a score."""
        return 1.0 / (1.0 + math.exp(-max(-_FAR, min(_FAR, self.slope * score + self.offset))))


@dataclass(frozen=True)
class Judgement:
    """The rule that a reply most likely breaks, and the score of its breaking any."""

    rule: str
    score: float


@dataclass(frozen=True)
class RuleModel:
    """The trained model; `head` judges the vectors of the encoder that was trained with it.

    `topic` has an output for each rule, `breach` one for all and then one for each rule.
    """

    rules: tuple[str, ...]
    vocabulary: Vocabulary
    breach: Linear
    topic: Linear
    head: Head
    calibration: Calibration

    def by_words(self, example: Example, here: Mask) -> Scores:
        """What the words say; rules that do not hold `here` (rules,) are not meant."""
        breach = self.breach.scores(example)
        return Scores(_named(_SHARPNESS * self.topic.scores(example), here), breach[0] + breach[1:])

    def joined(self, words: Scores, network: Scores, here: Mask) -> Scores:
        """What both parts say together."""
        rule = WORDS_NAME * words.rule + NETWORK_NAME * _named(network.rule, here)
        return Scores(_named(rule, here), WORDS_BREACH * words.breach + NETWORK_BREACH * network.breach)

    def judge(self, scores: Scores, open_: Mask) -> Judgement | None:
        """How likely one of the rules that are `open_` (rules,) is broken, and which.

        None when the state leaves none of them a way to be broken. What a reply is likely to be about counts whether
        that rule is open or not, so a reply about a closed one breaks no other in its place.
        """
        breaches = _breaches(scores) * open_
        best = int(breaches.argmax())
        return Judgement(self.rules[best], _log_odds(float(breaches.sum()))) if open_[best] else None

    def doubted(self, scores: Scores, rules: Iterable[str]) -> frozenset[str]:
        """Those of the rules whose breach is unlikely. Raises ValueError for one that the model does not know."""
        return frozenset(rule for rule in rules if float(scores.breach[self.rules.index(rule)]) < DOUBT)

    def save(self, folder: Path) -> None:
        """Write the model below `folder`."""
        facts = {"rules": self.rules, "states": self.head.states, "calibration": vars(self.calibration)}
        parts = dict(zip(_PARTS, (self.breach, self.topic), strict=True))
        Stored(self.vocabulary, parts, facts).save(folder, FORMAT)
        np.savez(folder / HEAD, **self.head.layers)  # type: ignore[arg-type]  # numpy's stubs see allow_pickle

    @classmethod
    def load(cls, folder: Path) -> RuleModel:
        """The model below `folder`. Raises one of UNREADABLE when it is not one of this format."""
        stored = Stored.load(folder, FORMAT, _PARTS, GROUPS)
        breach, topic = (stored.parts[name] for name in _PARTS)
        facts = stored.facts
        with np.load(folder / HEAD, allow_pickle=False) as arrays:
            head = Head(tuple(facts["states"]), {name: arrays[name] for name in arrays.files})
        calibration = Calibration(**facts["calibration"])
        return cls(tuple(facts["rules"]), stored.vocabulary, breach, topic, head, calibration)


def any_breach(scores: Scores) -> float:
    """The score of a breach of any rule, open or not."""
    return _log_odds(float(_breaches(scores).sum()))


def _breaches(scores: Scores) -> Floats:
    """For each rule (rules,) the probability that the reply is about it and breaks it."""
    chances = 1.0 + np.exp(-np.clip(scores.breach, -_FAR, _FAR))
    breaches: Floats = (np.exp(scores.rule) / chances).astype(np.float32)
    return breaches


def _named(rule: Floats, here: Mask) -> Floats:
    """Log probabilities (rules,) of each rule being meant, among those that hold `here`."""
    shifted = rule - rule[here].max()
    named: Floats = np.where(here, shifted - np.log(np.exp(shifted[here]).sum()), np.float32(_NEVER))
    return named


def _log_odds(chance: float) -> float:
    bounded = min(max(chance, _LEAST_CHANCE), 1.0 - _LEAST_CHANCE)
    return math.log(bounded / (1.0 - bounded))
