from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from compliance.catalogue import Catalogue
from compliance.learnt.measuring import TOTALS, Apart, Measure, Outcome, Row, Tally, Teacher, outcomes
from tests.compliance.learnt import corpus
from tests.compliance.learnt.corpus import Letters, line, lines

INVOICE, CLOSE, NIGHT = "tmall.test.invoice", "tmall.test.close", "tmall.test.night"


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    return corpus.catalogue(tmp_path)


def outcome(about: str, violates: bool, patterns: str = "", learnt: str | None = None) -> Outcome:
    return Outcome(line("话", about, violates), False, frozenset(patterns.split()), learnt)


def tally(rows: Iterable[Row], name: str) -> Tally:
    return next(row.tally for row in rows if row.name == name)


def without_examples(catalogue: Catalogue) -> Catalogue:
    bare = tuple(replace(clause, violating=(), compliant=()) for clause in catalogue.clauses)
    return replace(catalogue, clauses=bare)


def test_every_line_and_example_has_an_outcome(catalogue: Catalogue) -> None:
    watched: list[int] = []

    def watch(judged: Iterable[Apart]) -> Iterable[Apart]:
        for item in judged:
            watched.append(item[1].place)
            yield item

    found = outcomes(lines(), catalogue, Teacher(Letters, print, watch))
    assert [item.line for item in found if not item.own] == list(lines())
    assert [item.line.text for item in found if item.own] == [
        example.text for clause in catalogue.clauses for example in (*clause.violating, *clause.compliant)
    ]
    by_state_alone = 2
    assert sorted(watched) == list(range(len(found) - by_state_alone))


def test_patterns_find_their_own_examples_and_the_learnt_check_finds_more(catalogue: Catalogue) -> None:
    found = outcomes(lines(), catalogue, Teacher(Letters, print))
    for item in found:
        if item.own:
            assert (item.line.about in item.patterns) == bool(item.line.violates)
    unforeseen = [item for item in found if item.line.violates and not item.patterns]
    assert {item.learnt for item in unforeseen} & {INVOICE, CLOSE}
    assert all(item.learnt is None for item in found if item.line.about == NIGHT)


def test_a_breach_is_found_when_the_line_is_blocked_by_any_clause(catalogue: Catalogue) -> None:
    measured = [
        outcome(INVOICE, True, INVOICE),
        outcome(INVOICE, True, CLOSE),
        outcome(INVOICE, True, learnt=CLOSE),
        outcome(INVOICE, True),
        outcome(INVOICE, False, CLOSE),
        outcome(INVOICE, False, learnt=INVOICE),
        outcome(INVOICE, False),
        outcome("none", False, learnt=CLOSE),
    ]
    rows = Measure(catalogue, measured).by_clause()
    assert [row.name for row in rows] == [INVOICE, "none"]
    assert tally(rows, INVOICE) == Tally(4, 2, 3, 3, 1, 2)
    assert tally(rows, "none") == Tally(compliant=1, stopped_joined=1)


def test_a_clause_that_warns_is_found_by_itself_alone(tmp_path: Path) -> None:
    text = corpus.CLAUSES.replace("severity: block", "severity: warn", 1)
    warning = corpus.catalogue(tmp_path, text)
    measured = [outcome(INVOICE, True, CLOSE), outcome(INVOICE, True, INVOICE), outcome(INVOICE, False, CLOSE)]
    assert tally(Measure(warning, measured).by_clause(), INVOICE) == Tally(2, 1, 1, 1, 0, 0)


def test_kinds_add_up_their_clauses(catalogue: Catalogue) -> None:
    measured = [outcome(INVOICE, True, INVOICE), outcome(CLOSE, True), outcome(NIGHT, False), outcome("none", False)]
    rows = Measure(catalogue, measured).by_kind()
    assert [row.name for row in rows] == ["claim", "claim + state", "state"]
    assert tally(rows, "claim") == Tally(1, 1, 1)
    assert tally(rows, "claim + state") == Tally(1, 0, 0)


def test_a_line_that_breaks_two_clauses_counts_once_together(catalogue: Catalogue) -> None:
    broken = line("话", INVOICE, True)
    both = Outcome(
        replace(broken, violates=(INVOICE, CLOSE)),
        False,
        frozenset({CLOSE}),
        None,
    )
    measure = Measure(catalogue, [both])
    assert tally(measure.by_clause(), INVOICE) == tally(measure.by_clause(), CLOSE) == Tally(1, 1, 1)
    totals = {name: measure.together(name, chosen).tally for name, chosen in TOTALS}
    assert totals["labelled lines"] == Tally(1, 1, 1)
    assert totals["ordinary lines"] == totals["the clauses' own examples"] == Tally()


def test_too_few_lines_cannot_be_held_out(catalogue: Catalogue) -> None:
    with pytest.raises(ValueError, match="number of splits"):
        outcomes([line("票", INVOICE, True)] * 3, without_examples(catalogue), Teacher(Letters, print))
