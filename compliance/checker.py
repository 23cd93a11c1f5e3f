"""The checker: one text, one platform, all its clauses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

from compliance.catalogue import Catalogue
from compliance.index import PatternIndex
from compliance.kinds.check import Check
from compliance.learnt.check import Heard, LearntCheck
from compliance.material import gather
from compliance.reading import Span
from compliance.readings import Readings
from compliance.triggers import Triggered
from contracts.clause import Clause
from contracts.context import Context
from contracts.finding import Finding, Verdict
from contracts.platform import Platform
from contracts.shop import Shop


@dataclass(frozen=True)
class Rule:
    """A clause with its compiled check."""

    clause: Clause
    check: Check


class Checker:
    """Holds outgoing text against the clauses of a platform; built once, used from any thread."""

    def __init__(self, catalogue: Catalogue, learnt: LearntCheck | None = None) -> None:
        """Without `learnt` the clauses' own checks judge alone."""
        self.catalogue = catalogue
        self._learnt = learnt
        index = self._index()
        self._rules = {platform: self._triggered(catalogue.for_platform(platform), index) for platform in Platform}
        self._own = {shop: self._triggered(clauses, index) for shop, clauses in catalogue.own.items()}
        self._readings = Readings(index)

    def check(self, text: str, platform: Platform, context: Context | None = None, shop: Shop | None = None) -> Verdict:
        """All findings, ordered by their place in `text`, at most one for each clause. Any string is accepted.

        A shop adds its own clauses and leaves out the hints that it switched off; rules it cannot leave out.
        """
        material = gather(text, platform, context or Context(), self._readings.of)
        sets = [self._rules[platform]]
        if shop is not None and shop.id in self._own and shop.platform is platform:
            sets.append(self._own[shop.id])
        off = shop.hints_off if shop is not None else frozenset()
        found: dict[str, tuple[Clause, Span]] = {}
        for rule in chain.from_iterable(rules.worth_making(material) for rules in sets):
            if not (off and rule.clause.hint and rule.clause.id in off):
                span = rule.check.find(material)
                if span is not None:
                    found[rule.clause.id] = rule.clause, span
        heard = Heard(self._learnt, material) if self._learnt else None
        doubted = self._doubted({clause: span for clause, (_, span) in found.items()}, heard)
        findings = [_finding(clause, span) for clause, span in found.values() if clause.id not in doubted]
        breach = self._learnt.find(heard) if self._learnt and heard else None
        if breach is not None and all(finding.clause != breach.rule for finding in findings):
            findings.append(_finding(self.catalogue.require(breach.rule), breach.span))
        findings.sort(key=lambda finding: finding.span)
        silenced = sum(rule.clause.hint and rule.clause.id in off for rule in sets[0].items) if off else 0
        return Verdict(tuple(findings), sum(len(rules.items) for rules in sets) - silenced)

    def _doubted(self, found: Mapping[str, Span], heard: Heard | None) -> frozenset[str]:
        """Those of the clauses found that the learnt part holds for mistakes, in the text and in the sentence alone."""
        learnt = self._learnt
        if learnt is None or heard is None or not found:
            return frozenset()
        whole = heard.material
        sentences: defaultdict[str, list[str]] = defaultdict(list)
        for clause in learnt.doubted(found, heard):
            sentences[whole.reply.around(found[clause])].append(clause)
        doubted = set(sentences.pop(whole.reply.normal.original, ()))
        for sentence, clauses in sentences.items():
            alone = gather(sentence, whole.platform, whole.context, self._readings.of)
            doubted |= learnt.doubted(clauses, Heard(learnt, alone))
        return frozenset(doubted)

    def _triggered(self, clauses: Iterable[Clause], index: PatternIndex) -> Triggered[Rule]:
        return Triggered([Rule(clause, self.catalogue.checks[clause.id]) for clause in clauses], _check_of, index)

    def _index(self) -> PatternIndex:
        """One index for all platforms, so that a reply is read once wherever it goes."""
        catalogue = self.catalogue
        patterns = (pattern for clause in catalogue.all_clauses() for pattern in catalogue.patterns[clause.id])
        classes = self._learnt.classes.values() if self._learnt else ()
        return PatternIndex(chain(patterns, classes))


def _check_of(rule: Rule) -> Check:
    return rule.check


def _finding(clause: Clause, span: Span) -> Finding:
    return Finding(clause.id, clause.severity, span, clause.why, clause.instead, clause.penalty)
