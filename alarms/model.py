"""The learnt model: which alarms a line raises, and which it surely does not.

One linear model answers the questions, another tells the tempers apart where a line is upset. They are kept as plain
arrays and JSON, so that nothing is unpickled at start.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from alarms.features import GROUPS, tokens
from alarms.kinds import KINDS, QUESTIONS, TEMPERS, UPSET, asked
from learning.linear import Example, Linear
from learning.vocabulary import Floats, Vocabulary

ARRAYS = "arrays.npz"
FACTS = "facts.json"

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
        arrays: dict[str, Any] = {"idf": self.vocabulary.idf}
        for name, part in zip(_PARTS, (self.questions, self.tempers), strict=True):
            arrays |= {f"{name}_tokens": part.tokens.astype(np.float16), f"{name}_dense": part.dense}
            arrays[f"{name}_bias"] = part.bias
        np.savez(folder / ARRAYS, **arrays)
        facts = {
            "format": FORMAT,
            "tokens": list(self.vocabulary.columns),
            "bars": vars(self.bars),
            "encoder": self.encoder,
        }
        (folder / FACTS).write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> AlarmModel:
        """The model below `folder`. Raises one of UNREADABLE when it is not one."""
        facts = json.loads((folder / FACTS).read_text(encoding="utf-8"))
        if facts["format"] != FORMAT:
            raise ValueError(f"format {facts['format']}, not {FORMAT}")
        columns = {token: column for column, token in enumerate(facts["tokens"])}
        with np.load(folder / ARRAYS, allow_pickle=False) as arrays:
            questions, tempers = (
                Linear(
                    np.ascontiguousarray(arrays[f"{name}_tokens"], dtype=np.float32),
                    arrays[f"{name}_dense"],
                    arrays[f"{name}_bias"],
                )
                for name in _PARTS
            )
            vocabulary = Vocabulary(columns, arrays["idf"], GROUPS)
        if not len(columns) == len(vocabulary.idf) == len(questions.tokens) == len(tempers.tokens):
            raise ValueError("its arrays are not of one size")
        bars = Bars(**{name: tuple(scores) for name, scores in facts["bars"].items()})
        if not len(questions.bias) == len(bars.sure) == len(bars.likely) == len(bars.doubts) == len(QUESTIONS):
            raise ValueError("it answers other questions")
        return cls(vocabulary, questions, tempers, bars, facts["encoder"])
