"""What every kind of check offers."""

from __future__ import annotations

from typing import Protocol

from compliance.material import Material
from compliance.reading import Span


class Check(Protocol):
    """Decides one clause for one text."""

    def find(self, material: Material) -> Span | None:
        """The span of the original text that breaks the clause, None when nothing does."""
        ...
