"""The network's upper part in plain arrays: from vectors and state to the rule a line is about, and its breach."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from learning.vocabulary import Floats

SAID_LENGTH = 10.0
ASKED_LENGTH = 5.0
"""Lengths that the vectors of the reply and of the buyer's line are given."""

LAYERS = ("state", "hidden", "rule", "breach")
"""Each with weights (inputs, outputs) and a bias (outputs,), named `state` and `state_bias` and so on."""


@dataclass(frozen=True)
class Scores:
    """For each rule (rules,): log odds of being what a line is about, up to a constant, and of being broken by it."""

    rule: Floats
    breach: Floats


@dataclass(frozen=True)
class Head:
    """`states` are the state's tokens by column; `layers` are weights and biases by name (see LAYERS)."""

    states: tuple[str, ...]
    layers: Mapping[str, Floats]

    def scores(self, said: Floats, asked: Floats, state: Iterable[str]) -> Scores:
        """What the vectors (dimension,) of the reply and of the buyer's line say in a state, given by its tokens."""
        known = self._known(state)
        inputs = np.concatenate([said * SAID_LENGTH, asked * ASKED_LENGTH, self._layer("state", known)])
        hidden = np.maximum(self._layer("hidden", inputs), 0.0)
        whole = np.concatenate([inputs, hidden])
        return Scores(self._layer("rule", whole), self._layer("breach", whole))

    def _known(self, state: Iterable[str]) -> Floats:
        return columns_of(state, self.states).astype(np.float32)

    def _layer(self, name: str, inputs: Floats) -> Floats:
        result: Floats = inputs @ self.layers[name] + self.layers[f"{name}_bias"]
        return result


def columns_of(state: Iterable[str], states: tuple[str, ...]) -> NDArray[np.bool_]:
    """Which of the tokens `states` are there, (states,)."""
    there = frozenset(state)
    return np.array([token in there for token in states])
