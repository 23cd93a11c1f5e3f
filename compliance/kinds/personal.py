"""Personal data in a text that the buyer did not give.

Options
    whose   patterns of the person a telephone number belongs to, to be found in the same or next sentence
    places  patterns of a home address
    except  patterns anywhere in the text that make it harmless (a shop's return address)

Numbers of identity and bank cards are never fine unless the buyer wrote them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from compliance.kinds.check import Check
from compliance.material import Material
from compliance.numbers import papers, phones
from compliance.options import Options
from compliance.pattern import Pattern
from compliance.reading import Span


@dataclass(frozen=True)
class Personal:
    """The check; see the module."""

    whose: Pattern
    places: Pattern
    harmless: Pattern | None

    def find(self, material: Material) -> Span | None:
        """The first piece of somebody's data."""
        reply = material.reply
        if self.harmless is not None and self.harmless.found(reply):
            return None
        said = material.buyer.text if material.buyer is not None else ""
        given = {digits for _, _, digits in (*phones(said), *papers(said))}
        for start, end, digits in self._numbers(material):
            if digits not in given:
                return reply.span(start, end)
        for start, end in self.places.spans(reply):
            if reply.text[start:end] not in said and not material.context.buyer.is_orderer:
                return reply.span(start, end)
        return None

    def _numbers(self, material: Material) -> Iterator[tuple[int, int, str]]:
        reply = material.reply
        yield from papers(reply.text)
        for start, end, digits in phones(reply.text):
            first, last = reply.sentence(reply.unit_at(start))
            if self.whose.found(reply, first, last):
                yield start, end, digits


def compile_check(options: Options) -> Check:
    """The check from its options. Raises OptionError."""
    return Personal(options.pattern("whose"), options.pattern("places"), options.optional_pattern("except"))
