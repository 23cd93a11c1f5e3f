"""Words to be chosen otherwise, whatever a text says with them: neither negation nor a question excuses them.

Options
    words   patterns of the words
    except  patterns in the unit that make them harmless
    echo    "free" (default): a word that the buyer used may be taken up; "bound": it may not

Words between quotation marks are somebody else's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from compliance.kinds.check import Check
from compliance.material import Material
from compliance.options import Options
from compliance.pattern import Pattern
from compliance.reading import Span

_QUOTED = re.compile('“[^”]{0,200}”|「[^」]{0,200}」|『[^』]{0,200}』|‘[^’]{0,200}’|"[^"]{0,200}"')


@dataclass(frozen=True)
class Wording:
    """The check; see the module."""

    words: Pattern
    harmless: Pattern | None
    echo: str

    def find(self, material: Material) -> Span | None:
        """The first of the words that the shop itself chose."""
        reply = material.reply
        said = material.buyer.text if material.buyer is not None and self.echo == "free" else ""
        quoted = [match.span() for match in _QUOTED.finditer(reply.normal.original)]
        for start, end in self.words.spans(reply):
            span = reply.span(start, end)
            if any(first <= span[0] < last for first, last in quoted) or reply.text[start:end] in said:
                continue
            unit = reply.units[reply.unit_at(start)]
            if self.harmless is None or not self.harmless.found(reply, unit.start, unit.end):
                return span
        return None


def compile_check(options: Options) -> Check:
    """The check from its options. Raises OptionError."""
    return Wording(
        words=options.pattern("words"),
        harmless=options.optional_pattern("except"),
        echo=options.choice("echo", ("free", "bound"), "free"),
    )
