"""The length of a text, alone or around another check.

Options
    characters  {over: n} or {under: n}: how many characters are too many or too few; punctuation does not count
    then        the check to make on a text of such a length; without it the text as a whole breaks the clause
"""

from __future__ import annotations

from dataclasses import dataclass

from compliance.kinds.check import Check
from compliance.material import Material
from compliance.options import OptionError, Options, is_number
from compliance.reading import Span


@dataclass(frozen=True)
class Length:
    """The check; see the module."""

    over: float | None
    under: float | None
    then: Check | None

    def find(self, material: Material) -> Span | None:
        """What `then` finds in a text of such a length, or the text."""
        original = material.reply.normal.original
        count = sum(map(str.isalnum, original))
        if (self.over is None or count <= self.over) and (self.under is None or count >= self.under):
            return None
        return self.then.find(material) if self.then is not None else (0, len(original))


def compile_check(options: Options) -> Check:
    """The check from its options. Raises OptionError."""
    bounds = options.mapping("characters")
    unknown = set(bounds) - {"over", "under"}
    if not bounds or unknown or not all(map(is_number, bounds.values())):
        raise OptionError("option 'characters' holds 'over' or 'under', each a number")
    return Length(bounds.get("over"), bounds.get("under"), options.optional_check("then"))
