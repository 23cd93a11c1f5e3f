"""Whether the state lets a clause be broken: what it requires of the context holds for the learnt check too."""

from __future__ import annotations

from compliance.kinds.any_of import AnyOf
from compliance.kinds.check import Check
from compliance.kinds.lacking import Lacking
from compliance.kinds.state import State
from compliance.material import Material


def gate_open(check: Check, material: Material) -> bool:
    """Whether at least one part of the check may look at the text in this state."""
    if isinstance(check, AnyOf):
        return any(gate_open(part, material) for part in check.checks)
    if isinstance(check, Lacking):
        return gate_open(check.when, material)
    if isinstance(check, State):
        return check.holds(material) and (check.then is None or gate_open(check.then, material))
    return True


def of_words(check: Check) -> bool:
    """Whether words decide anything in the check; some clauses look at the state alone."""
    if isinstance(check, AnyOf):
        return any(of_words(part) for part in check.checks)
    return not isinstance(check, State) or (check.then is not None and of_words(check.then))
