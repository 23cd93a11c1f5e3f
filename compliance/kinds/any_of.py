"""Several checks for one clause: the first that finds something decides.

Options
    checks  list of checks
"""

from __future__ import annotations

from dataclasses import dataclass

from compliance.kinds.check import Check
from compliance.material import Material
from compliance.options import Options
from compliance.reading import Span


@dataclass(frozen=True)
class AnyOf:
    """The check; see the module."""

    checks: tuple[Check, ...]

    def find(self, material: Material) -> Span | None:
        """What the first of the checks finds."""
        for check in self.checks:
            found = check.find(material)
            if found is not None:
                return found
        return None


def compile_check(options: Options) -> Check:
    """The check from its options. Raises OptionError."""
    return AnyOf(options.checks("checks"))
