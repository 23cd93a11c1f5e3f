"""The checker: one text, one platform, all its clauses."""

from __future__ import annotations

from dataclasses import dataclass

from compliance.catalogue import Catalogue
from compliance.index import PatternIndex
from compliance.kinds.check import Check
from compliance.material import gather
from contracts.clause import Clause
from contracts.context import Context
from contracts.finding import Finding, Verdict
from contracts.platform import Platform


@dataclass(frozen=True)
class Rule:
    """A clause with its compiled check."""

    clause: Clause
    check: Check


class Checker:
    """Holds outgoing text against the clauses of a platform; built once, used from any thread."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._rules = {
            platform: tuple(Rule(clause, catalogue.checks[clause.id]) for clause in catalogue.for_platform(platform))
            for platform in Platform
        }
        self._indexes = {platform: self._index(rules) for platform, rules in self._rules.items()}

    def check(self, text: str, platform: Platform, context: Context | None = None) -> Verdict:
        """All findings, ordered by their place in `text`, at most one for each clause. Any string is accepted."""
        material = gather(text, platform, context or Context(), self._indexes[platform])
        rules = self._rules[platform]
        findings: list[Finding] = []
        for rule in rules:
            span = rule.check.find(material)
            if span is not None:
                clause = rule.clause
                findings.append(Finding(clause.id, clause.severity, span, clause.why, clause.instead))
        findings.sort(key=lambda finding: finding.span)
        return Verdict(tuple(findings), len(rules))

    def _index(self, rules: tuple[Rule, ...]) -> PatternIndex:
        patterns = (pattern for rule in rules for pattern in self.catalogue.patterns[rule.clause.id])
        examples = (example for rule in rules for example in (*rule.clause.violating, *rule.clause.compliant))
        return PatternIndex(patterns, (example.text for example in examples))
