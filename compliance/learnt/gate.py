"""Where a clause can be broken, and where the learnt check has a say: platforms, and what figures or state decide."""

from __future__ import annotations

from collections.abc import Sequence

from compliance.catalogue import Catalogue
from compliance.in_words import kinds
from compliance.kinds.any_of import AnyOf
from compliance.kinds.check import Check
from compliance.kinds.claim import Claim
from compliance.kinds.compensation import Compensation
from compliance.kinds.dispatch import Dispatch
from compliance.kinds.lacking import Lacking
from compliance.kinds.quantity import Quantity
from compliance.kinds.reprice import Reprice
from compliance.kinds.state import State
from compliance.kinds.threshold import Threshold
from compliance.material import Material
from contracts.platform import Platform

_FACTS = frozenset({"contact", "personal"})
"""Kinds of check that read off the text what is there: numbers of persons, contacts, links."""

_RECKONING = (Compensation, Dispatch, Quantity, Reprice, Threshold)
"""Kinds of check that compare figures."""


def gate_open(check: Check, material: Material, *, excusing: bool = False) -> bool:
    """Whether at least one part of the check may look at the text in this state.

    With `excusing` a part may not that the text gives what makes every claim harmless (包邮的 where the buyer has to be
    told so): there the clause itself has the last word.
    """
    if isinstance(check, AnyOf):
        return any(gate_open(part, material, excusing=excusing) for part in check.checks)
    if isinstance(check, Lacking):
        return gate_open(check.when, material, excusing=excusing)
    if isinstance(check, State):
        return check.holds(material) and (check.then is None or gate_open(check.then, material, excusing=excusing))
    return not (excusing and isinstance(check, Claim) and any(map(check.excused, material.readings)))


def of_words(check: Check) -> bool:
    """Whether words decide anything in the check; some clauses look at the state alone."""
    if isinstance(check, AnyOf):
        return any(of_words(part) for part in check.checks)
    if isinstance(check, Lacking):
        return of_words(check.when)
    return not isinstance(check, State) or (check.then is not None and of_words(check.then))


def holds(catalogue: Catalogue, rules: Sequence[str], platform: Platform) -> list[bool]:
    """For each of the rules whether it is one of the platform's; what is no clause holds everywhere."""
    known = {clause.id: clause.platforms for clause in catalogue.clauses}
    return [rule not in known or platform in known[rule] for rule in rules]


def doubtful(catalogue: Catalogue) -> frozenset[str]:
    """Clauses whose findings may be mistakes of wording: those that read nothing off the text but words."""
    return frozenset(clause.id for clause in catalogue.clauses if _FACTS.isdisjoint(kinds(clause.check)))


def learnable(catalogue: Catalogue) -> tuple[str, ...]:
    """Clauses that the learnt check judges: no hints of manner, and none that looks at the state alone."""
    checks = catalogue.checks
    return tuple(clause.id for clause in catalogue.clauses if not clause.hint and of_words(checks[clause.id]))


def decided(check: Check, material: Material) -> bool:
    """Whether figures or the known state break the clause, and not words alone: there wording has no say."""
    if isinstance(check, AnyOf):
        return any(decided(part, material) for part in check.checks)
    if isinstance(check, Lacking):
        return decided(check.when, material) and check.find(material) is not None
    if not isinstance(check, State):
        return isinstance(check, _RECKONING) and check.find(material) is not None
    if not check.holds(material):
        return False
    if not check.when:
        return check.then is not None and decided(check.then, material)
    return check.then is None or check.then.find(material) is not None
