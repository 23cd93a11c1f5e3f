"""The catalogue's own examples as cases for property tests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from compliance.catalogue import Catalogue, load_catalogue
from compliance.checker import Checker
from compliance.kinds.any_of import AnyOf
from compliance.kinds.check import Check
from compliance.kinds.claim import Claim
from compliance.kinds.emoji import Emoji
from compliance.kinds.lacking import Lacking
from compliance.kinds.length import Length
from compliance.kinds.many import Many
from compliance.kinds.personal import Personal
from compliance.kinds.state import State
from compliance.learnt.gate import of_words
from compliance.reading import read
from contracts.clause import Clause, Example, Severity
from contracts.context import Context
from contracts.finding import Finding
from contracts.platform import Platform
from tests.conftest import PROJECT


@dataclass(frozen=True)
class Case:
    """An example of a clause, on one of its platforms."""

    clause: Clause
    text: str
    context: Context
    platform: Platform


@cache
def shipped() -> Catalogue:
    return load_catalogue(PROJECT / "data" / "clauses")


@cache
def violating() -> tuple[Case, ...]:
    """What the blocking clauses that look at words find."""
    checks = shipped().checks
    blocking = [clause for clause in shipped().clauses if clause.severity is Severity.BLOCK]
    return tuple(
        _case(clause, example) for clause in blocking if of_words(checks[clause.id]) for example in clause.violating
    )


@cache
def compliant() -> tuple[Case, ...]:
    return tuple(_case(clause, example) for clause in shipped().clauses for example in clause.compliant)


@cache
def sentences(platform: Platform) -> tuple[str, ...]:
    """Compliant examples of a platform that stand in no state."""
    return tuple(case.text for case in compliant() if case.context == Context() and platform in case.clause.platforms)


def _case(clause: Clause, example: Example) -> Case:
    context, _ = Context().with_values(example.context)
    return Case(clause, example.text, context, min(clause.platforms))


def found(checker: Checker, case: Case, text: str) -> bool:
    """Whether the case's clause is found in `text`, said in the state of the case."""
    return any(
        finding.clause == case.clause.id for finding in checker.check(text, case.platform, case.context).findings
    )


def wrong(checker: Checker, case: Case, text: str) -> tuple[Finding, ...]:
    """What is found in `text` although the case is compliant: its own clause, or any that blocks."""
    findings = checker.check(text, case.platform, case.context).findings
    return tuple(item for item in findings if item.clause == case.clause.id or item.severity is Severity.BLOCK)


def parts(check: Check) -> Iterator[Check]:
    """A check and those inside it."""
    yield check
    inner: tuple[Check | None, ...] = ()
    if isinstance(check, AnyOf):
        inner = check.checks
    elif isinstance(check, Lacking):
        inner = (check.when,)
    elif isinstance(check, (State, Length)):
        inner = (check.then,)
    for part in inner:
        if part is not None:
            yield from parts(part)


def supplies(clause: Clause, text: str) -> bool:
    """Whether a text holds what the clause by its definition accepts anywhere in a reply (a date, a return address)."""
    reading = read(text)
    for part in parts(shipped().checks[clause.id]):
        accepted = part.needs if isinstance(part, Lacking) else ()
        if isinstance(part, Claim) and part.unless_text is not None:
            accepted = (part.unless_text,)
        if isinstance(part, (Many, Personal)) and part.harmless is not None:
            accepted = (part.harmless,)
        if any(pattern.found(reading) for pattern in accepted):
            return True
    return False


def counts_signs(finding: Finding) -> bool:
    """Whether the clause found counts pictures and marks of the text as it was typed."""
    return any(isinstance(part, (Emoji, Many)) for part in parts(shipped().checks[finding.clause]))


def borrows(finding: Finding, text: str) -> bool:
    """Whether a claim takes its subject from an earlier sentence of `text`."""
    reading = read(text)
    end = next((place for place, origin in enumerate(reading.normal.origins) if origin >= finding.span[0]), 0)
    sentence = reading.sentence(reading.unit_at(end))
    claims = [part for part in parts(shipped().checks[finding.clause]) if isinstance(part, Claim)]
    return any(claim.about is not None and not claim.about.found(reading, *sentence) for claim in claims)
