"""Claims: something said about a subject, with the polarity of what is said.

Options
    about        patterns of the subject; without it every text is read
    rivals       patterns of other subjects: a claim is of the subject that was named last before it
    reach        how near the subject must be: unit, sentence, text (default: the sentence or one before it) or talk (or
                 the buyer's line as well)
    says         patterns of what must not be claimed
    flatly       patterns that break the clause however they are negated or quoted
    along        patterns, one of which must stand in the same sentence as well
    unless       patterns in the same unit that make the claim harmless
    unless_next  patterns at the beginning of the next unit of the sentence that make it harmless
    unless_near  patterns in the same sentence that make it harmless
    unless_text  patterns anywhere that make it harmless
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from compliance.kinds.check import Check
from compliance.material import Material
from compliance.options import OptionError, Options
from compliance.pattern import Pattern
from compliance.polarity import Stance, stance
from compliance.reading import Reading, Span, Unit

REACHES = ("unit", "sentence", "text", "talk")


@dataclass(frozen=True)
class Claim:
    """The check; see the module for what its parts mean."""

    about: Pattern | None
    rivals: Pattern | None
    reach: str
    says: Pattern | None
    flatly: Pattern | None
    along: Pattern | None
    unless: Pattern | None
    unless_next: Pattern | None
    unless_near: Pattern | None
    unless_text: Pattern | None

    def find(self, material: Material) -> Span | None:
        """The first claim that stands, in the reply or in what its bare answer amounts to."""
        for reading in material.readings:
            if not self._possible(reading):
                continue
            asked = self._asked(material.buyer)
            if self._silent(reading, asked=asked):
                continue
            found = self._claimed(reading, asked=asked)
            if found is not None:
                return found
        return None

    def _possible(self, reading: Reading) -> bool:
        """Whether the text holds the characters of anything that must not be said; costs next to nothing."""
        return any(reading.live(pattern) for pattern in self.triggers)

    @cached_property
    def triggers(self) -> frozenset[Pattern]:
        """The patterns of what must not be said."""
        return frozenset(pattern for pattern in (self.says, self.flatly) if pattern is not None)

    def excused(self, reading: Reading) -> bool:
        """Whether the text holds what makes every claim in it harmless."""
        return self.unless_text is not None and self.unless_text.found(reading)

    def _asked(self, buyer: Reading | None) -> bool:
        """Whether the buyer's line names the subject, where that is enough."""
        return self.about is not None and self.reach == "talk" and buyer is not None and self.about.found(buyer)

    def _silent(self, reading: Reading, *, asked: bool) -> bool:
        """Whether the subject is nowhere, or the text makes every claim harmless."""
        if self.excused(reading):
            return True
        return self.about is not None and not asked and not self.about.found(reading)

    def _claimed(self, reading: Reading, *, asked: bool) -> Span | None:
        """The first claim that stands; what begins in or right after a denied one shares its fate (不找别人代开)."""
        if self.flatly is not None:
            for start, end in self.flatly.spans(reading):
                if self._stands(reading, start, end, asked=asked):
                    return reading.span(start, end)
        denied = -1
        for start, end in self.says.spans(reading) if self.says is not None else ():
            if start <= denied or not self._stands(reading, start, end, asked=asked):
                continue
            if stance(reading, start, end) is Stance.CLAIMED:
                return reading.span(start, end)
            denied = end
        return None

    def _is_of_subject(self, reading: Reading, end: int) -> bool:
        """Whether no other subject was named since the own one, up to the end of a match."""
        if self.rivals is None or self.about is None:
            return True
        rival = max((start for start, _ in self.rivals.spans(reading) if start < end), default=-1)
        return rival <= max((start for start, _ in self.about.spans(reading) if start < end), default=-1)

    def _stands(self, reading: Reading, start: int, end: int, *, asked: bool) -> bool:
        """Whether text[start:end] is of the subject and nothing near by makes it harmless."""
        index = reading.unit_at(start)
        unit, sentence = reading.units[index], reading.sentence(index)
        if not asked and not self._about(reading, unit, sentence):
            return False
        if self.along is not None and not self.along.found(reading, *sentence):
            return False
        if self.unless is not None and self.unless.found(reading, unit.start, unit.end):
            return False
        if self.unless_next is not None and reading.same_sentence(index, index + 1):
            following = reading.units[index + 1]
            if self.unless_next.begins(reading, following.start, following.end):
                return False
        if self.unless_near is not None and self.unless_near.found(reading, *sentence):
            return False
        return self._is_of_subject(reading, end)

    def _about(self, reading: Reading, unit: Unit, sentence: Span) -> bool:
        """Whether the subject is within reach; what only a later sentence names is not spoken of yet."""
        if self.about is None:
            return True
        start, end = (unit.start, unit.end) if self.reach == "unit" else sentence
        return self.about.found(reading, start if self.reach in ("unit", "sentence") else 0, end)


def compile_check(options: Options) -> Check:
    """The check from its options. Raises OptionError."""
    check = Claim(
        about=options.optional_pattern("about"),
        rivals=options.optional_pattern("rivals"),
        reach=options.choice("reach", REACHES, "text"),
        says=options.optional_pattern("says"),
        flatly=options.optional_pattern("flatly"),
        along=options.optional_pattern("along"),
        unless=options.optional_pattern("unless"),
        unless_next=options.optional_pattern("unless_next"),
        unless_near=options.optional_pattern("unless_near"),
        unless_text=options.optional_pattern("unless_text"),
    )
    if check.says is None and check.flatly is None:
        raise OptionError("one of the options 'says' and 'flatly' is needed")
    return check
