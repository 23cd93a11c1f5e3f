"""What the published sets hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """A text with its label; `label` is empty for one that is out of scope."""

    text: str
    label: str = ""

    @property
    def in_scope(self) -> bool:
        return bool(self.label)


@dataclass(frozen=True)
class IntentSet:
    """Lines to learn from, lines to choose a threshold on (may be none), and lines to be judged by."""

    name: str
    train: Sequence[Line]
    validation: Sequence[Line]
    test: Sequence[Line]


@dataclass(frozen=True)
class Selection:
    """A conversation, oldest line first, and candidates for its next line; `right` are the places of true ones."""

    context: tuple[str, ...]
    candidates: tuple[str, ...]
    right: frozenset[int]
