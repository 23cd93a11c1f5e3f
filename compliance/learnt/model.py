"""The learnt model: how likely a reply breaks any rule, and which one it would be.

Two linear models over the same features: which rule a reply is about, and whether it breaks it; the second has
weights that all rules share and weights of each rule's own. They are kept as plain arrays and JSON, so that
nothing is unpickled at start.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from compliance.learnt.features import GROUPS
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

_LEAST_CHANCE = 1e-9
"""Nearer to 0 or 1 no probability of a breach is told apart."""

FORMAT = 3
"""Changes when older files can no longer be read or would judge otherwise."""

DOUBT = -1.0
"""Log odds of a breach under which a finding of the patterns is dropped: one chance in four (docs/decisions/0007)."""

_PARTS = ("breach", "topic")


@dataclass(frozen=True)
class Calibration:
    """What turns a score into a probability (a logistic curve), and the least probability that counts.

    `reach` is what the vectors add to the score of the tokens at most, but for a few lines in a hundred.
    """

    slope: float
    offset: float
    margin: float
    reach: float = math.inf

    def hopeless(self, score: float) -> bool:
        """Whether no vectors would lift a score of the tokens alone over the margin."""
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
    """The trained model; `encoder` is the fingerprint of the encoder whose vectors it expects.

    `topic` has an output for each rule, `breach` one for all and then one for each rule.
    """

    rules: tuple[str, ...]
    vocabulary: Vocabulary
    breach: Linear
    topic: Linear
    calibration: Calibration
    encoder: str

    def judge(self, example: Example, here: Mask, open_: Mask) -> Judgement | None:
        """How likely one of the rules that hold `here` (rules,) and are `open_` (rules,) is broken, and which.

        None when the state leaves none of them a way to be broken. What a reply is likely to be about counts whether
        that rule is open or not, so a reply about a closed one breaks no other in its place.
        """
        breaches = self._breaches(example, here) * open_
        best = int(breaches.argmax())
        return Judgement(self.rules[best], _log_odds(float(breaches.sum()))) if open_[best] else None

    def score(self, example: Example, here: Mask) -> float:
        """The score of a breach of any of the rules that hold `here` (rules,), open or not."""
        return _log_odds(float(self._breaches(example, here).sum()))

    def doubted(self, example: Example, rules: Iterable[str]) -> frozenset[str]:
        """Those of the rules whose breach is unlikely. Raises ValueError for one that the model does not know."""
        scores = self.breach.scores(example)
        return frozenset(rule for rule in rules if float(scores[0] + scores[1 + self.rules.index(rule)]) < DOUBT)

    def _breaches(self, example: Example, here: Mask) -> Floats:
        """For each rule (rules,) the probability that the reply is about it and breaks it."""
        topics = np.where(here, _SHARPNESS * self.topic.scores(example), -np.inf)
        chances = np.exp(topics - topics.max())
        breach = self.breach.scores(example)
        breaches: Floats = chances / chances.sum() / (1.0 + np.exp(-(breach[0] + breach[1:])))
        return breaches

    def save(self, folder: Path) -> None:
        """Write the model below `folder`."""
        facts = {"rules": self.rules, "calibration": vars(self.calibration), "encoder": self.encoder}
        parts = dict(zip(_PARTS, (self.breach, self.topic), strict=True))
        Stored(self.vocabulary, parts, facts).save(folder, FORMAT)

    @classmethod
    def load(cls, folder: Path) -> RuleModel:
        """The model below `folder`. Raises one of UNREADABLE when it is not one of this format."""
        stored = Stored.load(folder, FORMAT, _PARTS, GROUPS)
        breach, topic = (stored.parts[name] for name in _PARTS)
        facts = stored.facts
        calibration = Calibration(**facts["calibration"])
        return cls(tuple(facts["rules"]), stored.vocabulary, breach, topic, calibration, facts["encoder"])


def _log_odds(chance: float) -> float:
    bounded = min(max(chance, _LEAST_CHANCE), 1.0 - _LEAST_CHANCE)
    return math.log(bounded / (1.0 - bounded))
