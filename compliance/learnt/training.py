"""Training of the learnt check, a part of the set-up: labelled lines in, a model out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
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
from compliance.learnt.vocabulary import Floats, Vocabulary
from compliance.material import Material, gather

_LEAST = 2
"""Lines that a token must occur in."""


@dataclass(frozen=True)
class Recipe:
    """How the model is trained; docs/decisions/0007 has the measurements."""

    c: float = 10.0
    rounds: int = 100
    topic_rounds: int = 40
    topic_share: float = 0.3
    """What the log probability of the rule counts beside the log odds of a breach."""
    folds: int = 3
    false_alarms: float = 0.03
    """Share of the compliant lines, held out, that the margin lets be stopped."""


RECIPE = Recipe()
