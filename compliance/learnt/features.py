"""What the learnt check sees of a reply: its characters, what it claims and denies, the buyer's line, the state.

A feature is a token; its first letter names its group, and each group is weighted as a whole. Reply, buyer's line and
state have groups of their own, so each of them can be looked at by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum

from compliance.material import Material
from compliance.pattern import Pattern
from compliance.polarity import stance
from compliance.reading import Reading
from contracts.context import CONTEXT_KEYS, Context

GROUPS: Mapping[str, float] = {"r": 1.0, "b": 0.4, "w": 0.5, "c": 0.3}
"""Weight of each group: characters of the reply, of the buyer's line; word classes; state."""

_LONGEST_GRAM = 4
_LONGEST_BUYER_GRAM = 2
_MOST_CHARACTERS = 400
"""Of a text, this many characters (from its start) are read."""
_STEPS = (1, 2, 3, 5, 10, 24, 48, 72)
"""Numbers of a state are told apart where they reach one of these."""
_FEW = 3
"""Places of a word class in one text that are looked at: the first of each of its patterns."""


def tokens(material: Material, classes: Mapping[str, Pattern]) -> Iterator[str]:
    """Every feature of the material, once for each time it occurs; `classes` are word classes by name.

    A bare answer is read as the statement it amounts to.
    """
    yield from reply_tokens(material.readings[-1], classes)
    if material.buyer is not None:
        yield from buyer_tokens(material.buyer)
    yield from state_tokens(material.context)


def reply_tokens(reading: Reading, classes: Mapping[str, Pattern]) -> Iterator[str]:
    """What the reply itself says: its characters and the word classes in it."""
    for gram in _grams(reading.text[:_MOST_CHARACTERS], _LONGEST_GRAM):
        yield f"r{gram}"
    for fact in _facts(reading, classes):
        yield f"w{fact}"


def buyer_tokens(reading: Reading) -> Iterator[str]:
    """The characters of the buyer's line."""
    for gram in _grams(reading.text[:_MOST_CHARACTERS], _LONGEST_BUYER_GRAM):
        yield f"b{gram}"


def state_tokens(context: Context) -> Iterator[str]:
    """The keys that are known, with their values: of a number, which of _STEPS it reaches; of a time only that."""
    for key in CONTEXT_KEYS:
        value = context.value(key)
        if value is None or key == "buyer.text":
            continue
        if isinstance(value, Enum):
            yield f"c{key}={value.value}"
        elif isinstance(value, bool):
            yield f"c{key}={value}"
        else:
            yield f"c{key}"
            yield from (f"c{key}{known}" for known in _known(value))


def _known(value: object) -> Iterator[str]:
    if isinstance(value, (int, float)):
        yield from (f">={step}" for step in _STEPS if value >= step)
    elif isinstance(value, str):
        yield f"={value}"
    elif isinstance(value, tuple):
        yield from (f"={each}" for each in value)


def _grams(text: str, longest: int) -> Iterator[str]:
    marked = f"^{text}$"
    for size in range(1, longest + 1):
        for start in range(len(marked) - size + 1):
            yield marked[start : start + size]


def _facts(reading: Reading, classes: Mapping[str, Pattern]) -> Iterator[str]:
    """The word classes that occur, with how the text stands to them."""
    if not reading.units:
        return
    for name, pattern in classes.items():
        live = reading.live(pattern)
        if not live:
            continue
        matches = (branch.regex.search(reading.text) for branch in live)
        spans = sorted({match.span() for match in matches if match and match[0]})[:_FEW]
        stances = {stance(reading, start, end) for start, end in spans}
        yield from (f"{name}={found.value}" for found in stances)
