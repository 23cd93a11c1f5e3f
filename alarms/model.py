"""The learnt model: which alarms a line raises, and which it surely does not.

One linear model answers the questions, another tells the tempers apart where a line is upset. They are kept as plain
arrays and JSON, so that nothing is unpickled at start.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from alarms.features import GROUPS, tokens
from alarms.kinds import KINDS, QUESTIONS, TEMPERS, UPSET, asked
from learning.linear import Example, Linear
from learning.stored import Stored
from learning.vocabulary import Floats, Vocabulary

FORMAT = 1
"""Changes when older files can no longer be read."""

_PARTS = ("questions", "tempers")


@dataclass(frozen=True)
class Heard:
    """The kinds that a line raises, those that are likely where something else speaks for them, and those that it
    hardly can be of.
    """

    found: frozenset[str] = frozenset()
    likely: frozenset[str] = frozenset()
    doubted: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Bars:
    """For each of QUESTIONS the score above which it is answered with yes, the one above which that is likely, and
    the one below which a yes of anybody else is not believed.
    """

    sure: tuple[float, ...]
    likely: tuple[float, ...]
    doubts: tuple[float, ...]


@dataclass(frozen=True)
class AlarmModel:
    """The trained model; `encoder` is the fingerprint of the encoder whose vectors it expects."""

    vocabulary: Vocabulary
    questions: Linear
    tempers: Linear
    bars: Bars
    encoder: str

    def hear(self, text: str, vector: Floats) -> Heard:
        """What a line of this vector (dimension,) says."""
        columns, values = self.vocabulary.row(tokens(text))
        example = Example(columns, values, vector)
        scores, bars = self.questions.scores(example), self.bars
        temper = TEMPERS[int(self.tempers.scores(example).argmax())]

        def above(least: tuple[float, ...]) -> frozenset[str]:
            names = (name for name, score, bar in zip(QUESTIONS, scores, least, strict=True) if score > bar)
            return frozenset(temper if name == UPSET else name for name in names)

        possible = {name for name, score, bar in zip(QUESTIONS, scores, bars.doubts, strict=True) if score >= bar}
        doubted = frozenset(kind for kind in KINDS if not asked((kind,)) & possible)
        return Heard(above(bars.sure), above(bars.likely), doubted)

    def save(self, folder: Path) -> None:
        """Write the model below `folder`."""
        facts = {"bars": vars(self.bars), "encoder": self.encoder}
        parts = dict(zip(_PARTS, (self.questions, self.tempers), strict=True))
        Stored(self.vocabulary, parts, facts).save(folder, FORMAT)

    @classmethod
    def load(cls, folder: Path) -> AlarmModel:
        """The model below `folder`. Raises one of UNREADABLE when it is not one."""
        stored = Stored.load(folder, FORMAT, _PARTS, GROUPS)
        questions, tempers = (stored.parts[name] for name in _PARTS)
        bars = Bars(**{name: tuple(scores) for name, scores in stored.facts["bars"].items()})
        if not len(questions.bias) == len(bars.sure) == len(bars.likely) == len(bars.doubts) == len(QUESTIONS):
            raise ValueError("it answers other questions")
        return cls(stored.vocabulary, questions, tempers, bars, stored.facts["encoder"])
