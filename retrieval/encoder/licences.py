"""What the licences of the encoders let a shop do, in words for the user."""

from __future__ import annotations

from dataclasses import dataclass

UNKNOWN = "unknown (not stated)"

_FOR_BUSINESS = frozenset(
    {"apache-2.0", "mit", "bsd-2-clause", "bsd-3-clause", "isc", "unlicense", "cc0-1.0", "cc-by-4.0"}
)
"""Licences, as model cards write them, that allow commercial use without asking anybody."""


@dataclass(frozen=True)
class Licence:
    """A licence as its encoder states it, and whether it lets a shop in business use the encoder."""

    text: str
    business_use: bool


EMBEDDED = Licence("Apache-2.0", business_use=True)
MULTILINGUAL_E5 = Licence("MIT", business_use=True)
M3E_SMALL = Licence("research only (the authors of m3e exclude commercial use)", business_use=False)


def stated(identifier: str | None) -> Licence:
    """The licence a model card names. One that is missing or not known to allow business is taken not to."""
    name = (identifier or "").strip()
    return Licence(name, name.lower() in _FOR_BUSINESS) if name else Licence(UNKNOWN, business_use=False)
