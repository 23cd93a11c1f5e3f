"""How well the rules find breaches: the patterns as they are, the learnt check on lines that it has not seen.

A breach of a clause that blocks is found when the line is blocked, by whichever clause; a breach of any other clause
when that clause is found. Whether a compliant line is stopped goes by the clause it is about in the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import astuple, dataclass, replace
from functools import reduce
from itertools import chain
from operator import add

import numpy as np

from compliance.catalogue import Catalogue
from compliance.checker import Checker
from compliance.in_words import kinds
from compliance.learnt.gate import decided, doubtful
from compliance.learnt.labelled import prepare
from compliance.learnt.lines import NO_CLAUSE, OF_NO_RULE, AgentLine, lines_of
from compliance.learnt.model import Judgement, RuleModel
from compliance.learnt.network import Trainable
from compliance.learnt.training import Told, apart, calibrate
from compliance.material import gather
from contracts.clause import Severity

Apart = tuple[RuleModel, Told]
Watch = Callable[[Iterable[Apart]], Iterable[Apart]]
"""Hands on what it is given; a progress bar."""


@dataclass(frozen=True)
class Teacher:
    """What the learnt part is trained with for each fold: a new encoder, and who is told how it goes."""

    body: Callable[[], Trainable]
    progress: Callable[[str], None]
    watch: Watch = iter


@dataclass(frozen=True)
class Outcome:
    """A line, the clauses that the patterns find in it, and the one that the learnt check would; `own`: an example.

    `doubted` are those of the patterns' clauses that the learnt check holds for mistakes.
    """

    line: AgentLine
    own: bool
    patterns: frozenset[str]
    learnt: str | None = None
    doubted: frozenset[str] = frozenset()

    @property
    def joined(self) -> frozenset[str]:
        stand = self.patterns - self.doubted
        return stand if self.learnt is None else stand | {self.learnt}


@dataclass(frozen=True)
class Tally:
    """Counts of lines: the breaches with those found, the compliant ones with those stopped."""

    breaches: int = 0
    found_by_patterns: int = 0
    found_joined: int = 0
    compliant: int = 0
    stopped_by_patterns: int = 0
    stopped_joined: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(*map(add, astuple(self), astuple(other)))


@dataclass(frozen=True)
class Row:
    """The tally of a clause, of the clauses with one kind of check (`kind`), or of a choice of lines."""

    name: str
    kind: str
    tally: Tally


def outcomes(lines: Sequence[AgentLine], catalogue: Catalogue, teacher: Teacher) -> tuple[Outcome, ...]:
    """What is found in each of the lines and in the catalogue's own examples.

    Raises ValueError when there are too few lines to hold some out.
    """
    own = tuple(chain.from_iterable(lines_of(clause) for clause in catalogue.clauses))
    checker = Checker(catalogue)
    bare = tuple(
        Outcome(line, is_own, _found(checker, line)) for is_own, some in ((False, lines), (True, own)) for line in some
    )
    return _judged(bare, catalogue, teacher)


def _found(checker: Checker, line: AgentLine) -> frozenset[str]:
    return frozenset(finding.clause for finding in checker.check(line.text, line.platform, line.context).findings)


def _judged(bare: tuple[Outcome, ...], catalogue: Catalogue, teacher: Teacher) -> tuple[Outcome, ...]:
    """The outcomes with what the learnt check would add and take away, by the margin that training would set."""
    data = prepare([outcome.line for outcome in bare], catalogue)
    known = doubtful(catalogue).intersection(data.rules)
    doubtable = {id(outcome.line): _of_wording(outcome, known, catalogue) for outcome in bare}
    judged: dict[int, Judgement] = {}
    doubted: dict[int, frozenset[str]] = {}
    scores = np.full(len(data), -np.inf, dtype=np.float32)
    for model, told in teacher.watch(apart(data, teacher.body, teacher.progress)):
        line = id(data.lines[told.place])
        doubted[line] = model.doubted(told.joined, doubtable[line])
        if told.judgement is not None:
            judged[line] = told.judgement
            scores[told.place] = told.judgement.score
    calibration = calibrate(scores, data.breach)
    learnt = {
        line: judgement.rule
        for line, judgement in judged.items()
        if calibration.probability(judgement.score) > calibration.margin
    }
    return tuple(
        replace(outcome, learnt=learnt.get(id(outcome.line)), doubted=doubted.get(id(outcome.line), frozenset()))
        for outcome in bare
    )


def _of_wording(outcome: Outcome, known: frozenset[str], catalogue: Catalogue) -> frozenset[str]:
    """Those of the clauses found that wording decides."""
    found = outcome.patterns & known
    if not found:
        return found
    material = gather(outcome.line.text, outcome.line.platform, outcome.line.context)
    return frozenset(rule for rule in found if not decided(catalogue.checks[rule], material))


class Measure:
    """Counts outcomes against the clauses of a catalogue."""

    def __init__(self, catalogue: Catalogue, measured: Sequence[Outcome]) -> None:
        self._clauses = {clause.id: clause for clause in catalogue.clauses}
        self._blocking = frozenset(clause.id for clause in catalogue.clauses if clause.severity is Severity.BLOCK)
        self._measured = measured

    def by_clause(self) -> tuple[Row, ...]:
        """A row for each clause that a line breaks or keeps, in the catalogue's order; ordinary lines come last."""
        tallies: dict[str, Tally] = {name: Tally() for name in (*self._clauses, NO_CLAUSE)}
        for outcome in self._measured:
            for name in _at_stake(outcome.line):
                tallies[name] = tallies.get(name, Tally()) + self._count(outcome, (name,))
        return tuple(Row(name, self._kind(name), tally) for name, tally in tallies.items() if tally != Tally())

    def by_kind(self) -> tuple[Row, ...]:
        """The rows of the clauses added up by the kinds of their checks, in alphabetical order."""
        tallies: dict[str, Tally] = {}
        for row in self.by_clause():
            if row.kind:
                tallies[row.kind] = tallies.get(row.kind, Tally()) + row.tally
        return tuple(Row(kind, kind, tallies[kind]) for kind in sorted(tallies))

    def together(self, name: str, chosen: Callable[[Outcome], bool]) -> Row:
        """One row of the chosen outcomes, each line counted once."""
        counted = (self._count(outcome, _at_stake(outcome.line)) for outcome in self._measured if chosen(outcome))
        return Row(name, "", reduce(add, counted, Tally()))

    def _kind(self, name: str) -> str:
        return " + ".join(sorted(kinds(self._clauses[name].check))) if name in self._clauses else ""

    def _count(self, outcome: Outcome, clauses: Sequence[str]) -> Tally:
        patterns, joined = (
            int(any(self._stops(clause, found) for clause in clauses)) for found in (outcome.patterns, outcome.joined)
        )
        if outcome.line.violates:
            return Tally(breaches=1, found_by_patterns=patterns, found_joined=joined)
        return Tally(compliant=1, stopped_by_patterns=patterns, stopped_joined=joined)

    def _stops(self, clause: str, found: frozenset[str]) -> bool:
        """Whether what was found stops a line in which this clause is at stake."""
        if clause in self._blocking or clause not in self._clauses:
            return not found.isdisjoint(self._blocking)
        return clause in found


def _at_stake(line: AgentLine) -> tuple[str, ...]:
    """The clauses that a line breaks, or the one that it keeps."""
    return line.violates or (NO_CLAUSE if line.about in OF_NO_RULE else line.about,)


TOTALS: tuple[tuple[str, Callable[[Outcome], bool]], ...] = (
    ("labelled lines", lambda outcome: not outcome.own and outcome.line.about not in OF_NO_RULE),
    ("ordinary lines", lambda outcome: not outcome.own and outcome.line.about in OF_NO_RULE),
    ("the clauses' own examples", lambda outcome: outcome.own),
)
"""The choices of lines that are counted together."""
