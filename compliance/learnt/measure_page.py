"""What was measured of the rules, as a page in Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from compliance.catalogue import Catalogue
from compliance.learnt.measuring import TOTALS, Measure, Outcome, Row

COMMAND = "huashu clauses measure --out docs/benchmarks/rules.md"
"""What writes the page."""


_OPENING = f"""\
# How well the rules find breaches

<!-- Written by `{COMMAND}`; run it again after `huashu setup` when clauses or lines have changed. -->

Measured on a machine with %(cores)s cores on the lines of `data/agent_lines` and on the
clauses' own examples. The learnt check is judged on folds that it has not seen, lines near to each other in one fold;
its margin is the one that training sets on the same folds. The patterns are as they are: the examples are what they
were written to judge right, so there they say little about unseen text, and some labelled lines helped to write them.

A breach of a clause that blocks is found when the line is blocked, by whichever clause; a breach of a clause that warns
when that clause is found. A compliant line is stopped by the same measure. Most compliant lines are near misses: a
breach with a word or a state changed. A line that breaks several clauses counts for each of them. Hints are not learnt.
"""
_EXAMPLES = """\
Clauses for which no line has been labelled yet. What counts here is how many compliant examples the learnt check stops.
"""


@dataclass(frozen=True)
class Measured:
    """The rows of one measurement, and where it was made: kinds and clauses by labelled lines, the rest by examples."""

    totals: tuple[Row, ...]
    kinds: tuple[Row, ...]
    clauses: tuple[Row, ...]
    unlabelled: tuple[Row, ...]
    cores: int

    @classmethod
    def of(cls, catalogue: Catalogue, measured: Sequence[Outcome], cores: int) -> Measured:
        """The rows of all outcomes."""
        everything = Measure(catalogue, measured)
        labelled = Measure(catalogue, [outcome for outcome in measured if not outcome.own])
        clauses = labelled.by_clause()
        known = {row.name for row in clauses}
        return cls(
            totals=tuple(everything.together(name, chosen) for name, chosen in TOTALS),
            kinds=labelled.by_kind(),
            clauses=clauses,
            unlabelled=tuple(row for row in everything.by_clause() if row.name not in known),
            cores=cores,
        )


def page(measured: Measured) -> str:
    """The page."""
    parts = [_OPENING % {"cores": measured.cores}]
    parts += ["## Together", "", *_table("lines", measured.totals), ""]
    parts += ["## By kind of check, labelled lines", "", *_table("kinds", measured.kinds), ""]
    parts += ["## By clause, labelled lines", "", *_table("clause", measured.clauses, with_kind=True), ""]
    parts += ["## By clause, examples only", "", _EXAMPLES, *_table("clause", measured.unlabelled, with_kind=True), ""]
    return "\n".join(parts)


def _table(what: str, rows: Sequence[Row], *, with_kind: bool = False) -> Iterator[str]:
    """A header and a line for each row: all lines, then shares of the breaches and of the compliant lines."""
    head = [what, *(["kind"] if with_kind else []), "count", "breaches found by patterns", "joined"]
    head += ["compliant stopped by patterns", "joined"]
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        tally = row.tally
        cells = [row.name, *([row.kind or "-"] if with_kind else []), str(tally.breaches + tally.compliant)]
        cells += [share(count, tally.breaches) for count in (tally.found_by_patterns, tally.found_joined)]
        cells += [share(count, tally.compliant) for count in (tally.stopped_by_patterns, tally.stopped_joined)]
        yield f"| {' | '.join(cells)} |"


def share(count: int, of: int) -> str:
    """A count as a share of another."""
    return f"{count}/{of} ({count / of:.2f})" if of else "-"
