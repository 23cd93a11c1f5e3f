"""What the learnt check sees of a reply: its characters, what it denies, the buyer's line, facts and state.

A feature is a token; its first letter names its group, and each group is weighted as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum

from compliance.material import Material
from compliance.pattern import Pattern
from compliance.polarity import negated, stance
from compliance.reading import Reading
from contracts.context import CONTEXT_KEYS, Context

GROUPS: Mapping[str, float] = {"r": 1.0, "n": 0.5, "b": 0.4, "w": 0.5, "c": 0.3}
"""Weight of each group: characters of the reply, of what it negates, of the buyer's line; word classes; state."""

_LONGEST_GRAM = 4
_LONGEST_BUYER_GRAM = 2
_MOST_CHARACTERS = 400
"""Of a text, this many characters (from its start) are read."""
_FEW = 3
"""Places of a word class in one text that are looked at."""


def tokens(material: Material, classes: Mapping[str, Pattern]) -> Iterator[str]:
    """Every feature of the material, once for each time it occurs; `classes` are word classes by name.

    A bare answer is read as the statement it amounts to.
    """
    reading = material.readings[-1]
    text = reading.text[:_MOST_CHARACTERS]
    for gram in _grams(text, _LONGEST_GRAM):
        yield f"r{gram}"
    for gram in _denied(reading):
        yield f"n{gram}"
    if material.buyer is not None:
        for gram in _grams(material.buyer.text[:_MOST_CHARACTERS], _LONGEST_BUYER_GRAM):
            yield f"b{gram}"
    for fact in _facts(reading, classes):
        yield f"w{fact}"
    for fact in _state(material.context):
        yield f"c{fact}"


def _grams(text: str, longest: int) -> Iterator[str]:
    marked = f"^{text}$"
    for size in range(1, longest + 1):
        for start in range(len(marked) - size + 1):
            yield marked[start : start + size]


def _denied(reading: Reading) -> Iterator[str]:
    """Characters and pairs within the reach of a negation."""
    for unit in reading.units:
        if unit.start >= _MOST_CHARACTERS:
            return
        for start, end in negated(reading.text[unit.start : unit.end]):
            reach = reading.text[unit.start + start : unit.start + end]
            yield from reach
            yield from (reach[place : place + 2] for place in range(len(reach) - 1))


def _facts(reading: Reading, classes: Mapping[str, Pattern]) -> Iterator[str]:
    """The word classes that occur, with how the text stands to them."""
    if not reading.units:
        return
    for name, pattern in classes.items():
        spans = [(start, end) for start, end in pattern.spans(reading)[:_FEW] if end > start]
        stances = {stance(reading, start, end) for start, end in spans}
        yield from (f"{name}={found.value}" for found in stances)


def _state(context: Context) -> Iterator[str]:
    """The keys that are known, with the values of those that have few."""
    for key in CONTEXT_KEYS:
        value = context.value(key)
        if value is None or key == "buyer.text":
            continue
        plain = value.value if isinstance(value, Enum) else value
        yield f"{key}={plain}" if isinstance(value, (bool, Enum)) else key
