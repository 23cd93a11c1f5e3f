"""Something that may be said only together with something else.

Options
    when   the check that finds what is said
    needs  lists of patterns; the text must hold one pattern of each list
"""

from __future__ import annotations

from dataclasses import dataclass

from compliance.kinds.check import Check
from compliance.material import Material
from compliance.options import Options
from compliance.pattern import Pattern
from compliance.reading import Span


@dataclass(frozen=True)
class Lacking:
    """The check; see the module."""

    when: Check
    needs: tuple[Pattern, ...]

    def find(self, material: Material) -> Span | None:
        """What `when` finds, unless everything that is needed stands in the text."""
        if all(pattern.found(material.reply) for pattern in self.needs):
            return None
        return self.when.find(material)


def compile_check(options: Options) -> Check:
    """The check from its options. Raises OptionError."""
    return Lacking(options.check("when"), options.pattern_groups("needs"))
