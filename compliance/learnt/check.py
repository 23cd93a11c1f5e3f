"""The learnt check at work: what the trained model finds in a reply."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np

from compliance.catalogue import Catalogue
from compliance.learnt.features import buyer_tokens, reply_tokens, state_tokens
from compliance.learnt.gate import decided, doubtful, gate_open, holds
from compliance.learnt.head import Scores
from compliance.learnt.model import Mask, RuleModel, any_breach
from compliance.learnt.said import asked, said
from compliance.material import Material
from compliance.pattern import Pattern
from compliance.reading import Reading, Span
from compliance.readings import KEPT
from contracts.errors import SetupNeeded
from contracts.platform import Platform
from learning.encode import Encode
from learning.linear import Example
from learning.stored import UNREADABLE
from learning.vocabulary import Row

RULES_FOLDER = "rules"
"""Below `var/`."""

ENCODER_FOLDER = "encoder"
"""Below it: the encoder that was trained with the model."""


@dataclass(frozen=True)
class Breach:
    """A rule that a reply breaks with `probability` (0..1), and where."""

    rule: str
    span: Span
    probability: float


class Heard:
    """What the model says of a material, each part worked out once and only where it is asked for."""

    def __init__(self, check: LearntCheck, material: Material) -> None:
        self._check = check
        self.material = material

    @cached_property
    def words(self) -> Scores:
        """What the words say."""
        return self._check.by_words(self.material)

    @cached_property
    def joined(self) -> Scores:
        """What words and network say together."""
        return self._check.joined(self.words, self.material)


class LearntCheck:
    """Judges replies by a trained model; built once, used from any thread."""

    def __init__(self, model: RuleModel, catalogue: Catalogue, encode: Encode) -> None:
        """`encode` is the encoder that was trained with the model."""
        self._model = model
        self._encode = encode
        self._catalogue = catalogue
        self._here = {platform: np.array(holds(catalogue, model.rules, platform)) for platform in Platform}
        self._doubtful = doubtful(catalogue).intersection(model.rules)
        self._row_of_reply = lru_cache(KEPT)(self._reply_row)
        self._row_of_buyer = lru_cache(KEPT)(self._buyer_row)

    @classmethod
    def open(cls, folder: Path, catalogue: Catalogue, load_encoder: Callable[[Path], Encode]) -> LearntCheck:
        """The check from `folder`; `load_encoder` gives the encoder that lies in a folder.

        Raises SetupNeeded when there is no model there, or one of another format, and what `load_encoder` raises.
        """
        try:
            model = RuleModel.load(folder)
        except UNREADABLE:
            raise SetupNeeded("the learnt rules are missing or cannot be read; run `huashu setup`") from None
        return cls(model, catalogue, load_encoder(folder / ENCODER_FOLDER))

    @property
    def classes(self) -> Mapping[str, Pattern]:
        """The word classes that the model looks for in a reading."""
        return self._catalogue.classes

    def find(self, heard: Heard) -> Breach | None:
        """The rule that the reply most likely breaks, when that is likely enough.

        The network costs more than everything else, so it is asked only where it could decide.
        """
        calibration, material = self._model.calibration, heard.material
        if not material.reply.units or calibration.hopeless(any_breach(heard.words)):
            return None
        judged = self._model.judge(heard.joined, self._open(material))
        if judged is None:
            return None
        probability = calibration.probability(judged.score)
        if probability <= calibration.margin:
            return None
        return Breach(judged.rule, self._place(material), probability)

    def doubted(self, rules: Iterable[str], heard: Heard) -> frozenset[str]:
        """Those of the rules whose patterns matched of which the reply is most likely no breach.

        Never what is read off the text (numbers of persons, contacts, links), what figures or the state decide, nor
        what is not learnt.
        """
        checks, material = self._catalogue.checks, heard.material
        known = [rule for rule in self._doubtful.intersection(rules) if not decided(checks[rule], material)]
        if not known or not material.reply.units:
            return frozenset()
        return self._model.doubted(heard.joined, known)

    def by_words(self, material: Material) -> Scores:
        """What the words of a material say."""
        return self._model.by_words(self._example(material), self._here[material.platform])

    def joined(self, words: Scores, material: Material) -> Scores:
        """What the network says of a material, together with its words."""
        question = asked(material)
        reply, line = self._encode([said(material), question])
        network = self._model.head.scores(
            reply, line if question else np.zeros_like(line), state_tokens(material.context)
        )
        return self._model.joined(words, network, self._here[material.platform])

    def _example(self, material: Material) -> Example:
        """The tokens of reply, buyer's line and state; those of a reading are worked out once."""
        rows = [self._row_of_reply(material.readings[-1])]
        if material.buyer is not None:
            rows.append(self._row_of_buyer(material.buyer))
        rows.append(self._model.vocabulary.row(state_tokens(material.context)))
        columns, values = zip(*rows, strict=True)
        return Example(np.concatenate(columns), np.concatenate(values))

    def _reply_row(self, reading: Reading) -> Row:
        return self._model.vocabulary.row(reply_tokens(reading, self.classes))

    def _buyer_row(self, reading: Reading) -> Row:
        return self._model.vocabulary.row(buyer_tokens(reading))

    def _open(self, material: Material) -> Mask:
        """For each rule whether it can be broken on this platform in this state by a text like this."""
        checks = self._catalogue.checks
        rules = zip(self._model.rules, self._here[material.platform], strict=True)
        return np.array(
            [rule in checks and here and gate_open(checks[rule], material, excusing=True) for rule, here in rules]
        )

    def _place(self, material: Material) -> Span:
        """The sentence whose characters speak most for a breach, in the original text."""
        reply = material.reply
        known = self._model.vocabulary.columns
        weights = self._model.breach.tokens[:, 0]
        best, place = -np.inf, (0, len(reply.normal.original))
        for number in {unit.sentence: index for index, unit in enumerate(reply.units)}.values():
            start, end = reply.sentence(number)
            text = reply.text[start:end]
            grams = (f"r{text[at : at + size]}" for size in (2, 3) for at in range(len(text) - size + 1))
            score = sum(float(weights[known[gram]]) for gram in grams if gram in known)
            if score > best:
                best, place = score, reply.span(start, end)
        return place
