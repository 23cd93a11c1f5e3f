"""The learnt model: how likely a reply breaks any rule, and which one it would be.

Two linear models over the same features: which rule a reply is about, and whether it breaks it; the second has
weights that all rules share and weights of each rule's own. They are kept as plain arrays and JSON, so that
nothing is unpickled at start.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from compliance.learnt.features import GROUPS
from learning.linear import Example, Linear
from learning.vocabulary import Vocabulary

ARRAYS = "arrays.npz"
FACTS = "facts.json"
NO_RULE = ""
"""Stands among the rules for lines that are about none of them."""

_FAR = 50.0
"""Log odds beyond which a probability is 0 or 1."""

_SHARPNESS = 8.0
"""Turns the scores of the rules into log odds."""

_TOPIC_SHARE = 0.3
"""What the log probability of the rule counts beside the log odds of a breach."""

FORMAT = 1
"""Changes when older files can no longer be read."""


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
    """The rule that a reply breaks if it breaks any, and the score of that."""

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

    def judge(self, example: Example, allowed: NDArray[np.bool_]) -> Judgement | None:
        """The likeliest of the rules; None when it is not `allowed` (rules,) in this place and state.

        The reply is then about a rule that cannot be broken here, and no other is taken in its place.
        """
        best, score = self._judged(example)
        return Judgement(self.rules[best], score) if allowed[best] else None

    def score(self, example: Example) -> float:
        """The score of the likeliest rule, allowed or not."""
        return self._judged(example)[1]

    def _judged(self, example: Example) -> tuple[int, float]:
        topics = _SHARPNESS * self.topic.scores(example)
        best = int(topics.argmax())
        chances = np.exp(topics - topics[best])
        chances /= chances.sum()
        breach = self.breach.scores(example)
        return best, float(breach[0] + breach[1:] @ chances + _TOPIC_SHARE * np.log(chances[best]))

    def save(self, folder: Path) -> None:
        """Write the model below `folder`."""
        arrays: dict[str, Any] = {"idf": self.vocabulary.idf}
        for name, part in (("breach", self.breach), ("topic", self.topic)):
            arrays |= {f"{name}_tokens": part.tokens.astype(np.float16), f"{name}_dense": part.dense}
            arrays[f"{name}_bias"] = part.bias
        np.savez(folder / ARRAYS, **arrays)
        facts = {
            "format": FORMAT,
            "rules": self.rules,
            "tokens": list(self.vocabulary.columns),
            "calibration": vars(self.calibration),
            "encoder": self.encoder,
        }
        (folder / FACTS).write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> RuleModel:
        """The model below `folder`. Raises OSError, ValueError or KeyError when it is not one of this format."""
        facts = json.loads((folder / FACTS).read_text(encoding="utf-8"))
        if facts["format"] != FORMAT:
            raise ValueError(f"format {facts['format']}, not {FORMAT}")
        columns = {token: column for column, token in enumerate(facts["tokens"])}
        with np.load(folder / ARRAYS, allow_pickle=False) as arrays:
            breach, topic = (
                Linear(
                    np.ascontiguousarray(arrays[f"{name}_tokens"], dtype=np.float32),
                    arrays[f"{name}_dense"],
                    arrays[f"{name}_bias"],
                )
                for name in ("breach", "topic")
            )
            vocabulary = Vocabulary(columns, arrays["idf"], GROUPS)
        if not len(columns) == len(vocabulary.idf) == len(breach.tokens) == len(topic.tokens):
            raise ValueError("its arrays are not of one size")
        return cls(
            tuple(facts["rules"]), vocabulary, breach, topic, Calibration(**facts["calibration"]), facts["encoder"]
        )
