"""The kinds of alarms, and the questions by which they are told apart."""

from __future__ import annotations

from collections.abc import Collection

UPSET = "upset"
"""Stands for the kinds in which a buyer is angry or in dispute: they are found together, then told apart."""

TEMPERS = ("threat", "dispute", "abuse", "complaint")
"""The kinds of UPSET."""

QUESTIONS = ("injury", "privacy", "outside", "person", UPSET)
"""What is asked of each line."""

KINDS = ("injury", "privacy", "outside", "person", *TEMPERS)
"""What a line may be labelled with."""


def asked(kinds: Collection[str]) -> frozenset[str]:
    """The questions that these kinds answer with yes."""
    return frozenset(UPSET if kind in TEMPERS else kind for kind in kinds)
