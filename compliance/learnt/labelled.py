"""Labelled lines as numbers: the words of each for the quick part, texts and state for the network, and the labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from compliance.catalogue import Catalogue
from compliance.index import PatternIndex
from compliance.learnt.features import GROUPS, state_tokens, tokens
from compliance.learnt.gate import gate_open, holds, learnable
from compliance.learnt.head import columns_of
from compliance.learnt.lines import OF_NO_RULE, AgentLine, lines_of
from compliance.learnt.model import NO_RULE
from compliance.learnt.said import asked, said
from compliance.material import Material, gather
from compliance.reading import read
from contracts.platform import Platform
from learning.linear import Example
from learning.rows import Rows, matrix
from learning.vocabulary import Floats, Vocabulary

_LEAST = 2
"""Lines that a token must occur in."""


@dataclass(frozen=True)
class Set:
    """Labelled lines; the arrays have a row for each line."""

    lines: tuple[AgentLine, ...]
    vocabulary: Vocabulary
    rows: Rows
    rules: tuple[str, ...]
    states: tuple[str, ...]
    """What may be known of an order, as tokens."""
    said: tuple[str, ...]
    asked: tuple[str, ...]
    """The reply and the buyer's line as the encoder reads them, the second "" where there is none."""
    known: Floats
    """(lines, states): 1 for what is known."""
    here: NDArray[np.bool_]
    """(lines, rules): whether the rule holds on the line's platform."""
    gates: NDArray[np.bool_]
    """(lines, rules): whether it does and the line's state lets it be broken."""
    breach: NDArray[np.bool_]
    topic: NDArray[np.intp]
    """The number of the rule that the line is about."""

    def __len__(self) -> int:
        return len(self.lines)

    def example(self, place: int) -> Example:
        """The words of one line."""
        row = self.rows.tokens[place]
        return Example(row.indices, row.data)

    def taught(self, places: NDArray[np.intp]) -> NDArray[np.intp]:
        """Those of the places that teach something: not a compliant line that only its state makes so."""
        topics = self.topic[places]
        closed = ~self.breach[places] & ~self.gates[places, topics] & (topics > 0)
        return places[~closed]


def examples(catalogue: Catalogue) -> tuple[AgentLine, ...]:
    """The catalogue's own examples of what is learnt, as lines."""
    return tuple(chain.from_iterable(lines_of(clause) for clause in catalogue.clauses if not clause.hint))


def prepare(lines: Sequence[AgentLine], catalogue: Catalogue) -> Set:
    """The features of lines.

    Those about a clause that looks at the state alone are left out, and so are those that break a hint of manner:
    hints are not learnt, and what breaks one would be taught as a breach of no rule. What keeps a hint is ordinary.
    """
    rules = (NO_RULE, *learnable(catalogue))
    ordinary = {*OF_NO_RULE, *(clause.id for clause in catalogue.clauses if clause.hint)}
    known = tuple(line for line in lines if line.about in rules or (line.about in ordinary and not line.violates))
    index = PatternIndex(catalogue.classes.values())
    reading = partial(read, index=index)
    materials = [gather(line.text, line.platform, line.context, reading) for line in known]
    documents = [tuple(tokens(material, catalogue.classes)) for material in materials]
    vocabulary = Vocabulary.of(documents, _LEAST, GROUPS)
    features = matrix([vocabulary.row(document) for document in documents], len(vocabulary.idf))
    states = [tuple(state_tokens(material.context)) for material in materials]
    kinds = tuple(sorted(set(chain.from_iterable(states))))
    numbers = {rule: number for number, rule in enumerate(rules)}
    places = {platform: holds(catalogue, rules, platform) for platform in Platform}
    here = np.array([places[line.platform] for line in known])
    return Set(
        lines=known,
        vocabulary=vocabulary,
        rows=Rows(features, np.empty((len(known), 0), dtype=np.float32)),
        rules=rules,
        states=kinds,
        said=tuple(said(material) for material in materials),
        asked=tuple(asked(material) for material in materials),
        known=np.array([columns_of(state, kinds) for state in states], dtype=np.float32),
        here=here,
        gates=np.array([_gates(catalogue, rules, *pair) for pair in zip(materials, here, strict=True)]),
        breach=np.array([bool(line.violates) for line in known]),
        topic=np.array([numbers.get(line.about, 0) for line in known]),
    )


def _gates(catalogue: Catalogue, rules: Sequence[str], material: Material, here: NDArray[np.bool_]) -> list[bool]:
    """For each rule whether it holds `here` (rules,) and the state lets it be broken."""
    pairs = zip(rules, here.tolist(), strict=True)
    return [valid and rule != NO_RULE and gate_open(catalogue.checks[rule], material) for rule, valid in pairs]
