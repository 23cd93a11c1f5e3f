"""More of something in one text than is right.

Options
    of      patterns of what is counted; the same words count once
    signs   counted in the text as typed: emoji, stress (exclamation and question marks) or shouts (three such
            marks in a row)
    most    how many there may be
    along   patterns, one of which must stand in the text as well
    unless  patterns anywhere in the text that make any number harmless

One of `of` and `signs` is needed. Words that are denied or only reported are not counted.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from compliance.kinds.check import Check
from compliance.material import Material
from compliance.options import OptionError, Options
from compliance.pattern import Pattern
from compliance.polarity import Stance, stance
from compliance.reading import Reading, Span

_STRESS = re.compile("[!?！？]")
_SHOUT = re.compile("[!?！？]{3}")
_FIRST_PICTURE = 0x2600
"""Signs such as ℃ and ™ lie before it, pictures after it."""


@dataclass(frozen=True)
class Many:
    """The check; see the module."""

    counted: Pattern | None
    signs: str
    most: float
    along: Pattern | None
    harmless: Pattern | None

    def find(self, material: Material) -> Span | None:
        """From the first to the last of what is counted, when there is more of it than `most`."""
        reply = material.reply
        if self.along is not None and not self.along.found(reply):
            return None
        if self.harmless is not None and self.harmless.found(reply):
            return None
        found = list(
            self._words(self.counted, reply) if self.counted is not None else _SIGNS[self.signs](reply.normal.original)
        )
        return (found[0][0], found[-1][1]) if len(found) > self.most else None

    def _words(self, counted: Pattern, reply: Reading) -> Iterator[Span]:
        seen: set[str] = set()
        place = 0
        for start, end in counted.spans(reply):
            words = reply.text[start:end]
            if start < place or words in seen:
                continue
            place = end
            if stance(reply, start, end) is Stance.CLAIMED:
                seen.add(words)
                yield reply.span(start, end)


def _emoji(text: str) -> Iterator[Span]:
    for place, character in enumerate(text):
        if ord(character) >= _FIRST_PICTURE and unicodedata.category(character) == "So":
            yield place, place + 1


def _stress(text: str) -> Iterator[Span]:
    yield from (match.span() for match in _STRESS.finditer(text))


def _shouts(text: str) -> Iterator[Span]:
    yield from (match.span() for match in _SHOUT.finditer(text))


_SIGNS: dict[str, Callable[[str], Iterator[Span]]] = {"emoji": _emoji, "stress": _stress, "shouts": _shouts}


def compile_check(options: Options) -> Check:
    """The check from its options. Raises OptionError."""
    check = Many(
        counted=options.optional_pattern("of"),
        signs=options.choice("signs", tuple(_SIGNS), ""),
        most=options.number("most"),
        along=options.optional_pattern("along"),
        harmless=options.optional_pattern("unless"),
    )
    if (check.counted is None) is not bool(check.signs):
        raise OptionError("one of the options 'of' and 'signs' is needed")
    if check.most < 0:
        raise OptionError("option 'most' must not be negative")
    return check
