from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest

from evaluation.cases import Asked, Case
from evaluation.figures import Figure, Wanted, agreement_by_chance, check_classes, compute, compute_slices
from evaluation.statistics.bootstrap import Draws
from evaluation.table import TableBuilder
from tests.evaluation.made import asked, said

WANTED = Wanted(send=0.8, precision=0.9)


def figures(cases: Sequence[Case]) -> dict[str, Figure]:
    table = TableBuilder.of(cases)
    return {figure.name: figure for figure in compute(table, WANTED, Draws(len(table.dialogues), times=100))}


def mixed(count: int = 40) -> list[Asked]:
    """Messages about two intents, a quarter of them read wrong."""
    topics = ("invoice/type", "shipping/delay")
    return [
        asked(place, topics[place % 2], topics[place % 2], read="product" if place % 4 == 0 else "")
        for place in range(count)
    ]


def test_a_figure_says_how_many_cases_it_has_and_how_sure_it_is() -> None:
    found = figures([*mixed(), said(1, violates="a.b", found="a.b"), said(2)])
    accuracy = found["intent.accuracy"]
    assert (accuracy.value, accuracy.cases, accuracy.dialogues) == (0.75, 40, 40)
    assert accuracy.interval is not None
    assert 0.55 < accuracy.interval.low < 0.75 < accuracy.interval.high < 0.95
    assert (found["rules.recall"].value, found["rules.recall"].cases) == (1.0, 1)
    assert found["rules.recall"].interval is None  # one dialogue says nothing about others
    assert found["latency.total.p50"].value == 6.0


def test_what_has_no_case_is_no_figure() -> None:
    found = figures(mixed())
    assert "rules.recall" not in found
    assert "topic.all" not in found
    assert not found["intent.oos_auroc"].measured  # nothing is out of scope: one class


def test_out_of_scope_is_told_from_the_rest() -> None:
    odd = [asked(number + 100, "out_of_scope/other", "", out_of_scope=0.7) for number in range(10)]
    found = figures([*mixed(), *odd, asked(200, out_of_scope=0.8)])
    # 10 positives against 41 others: only the one at 0.8 stands above them
    assert found["intent.oos_auroc"].value == pytest.approx(40 / 41)


def test_automatic_replies_at_the_confidence_of_today() -> None:
    cases = [
        asked(0, automatic=True, confidences=[0.95]),
        asked(1, automatic=True, confidences=[0.85], shown="product/stock"),
        asked(2, automatic=True, confidences=[0.5]),
        asked(3, "greet/hello", "invoice/type", automatic=True, confidences=[0.9]),
        asked(4),
    ]
    found = figures(cases)
    assert (found["auto.precision"].value, found["auto.precision"].cases) == (pytest.approx(1 / 3), 3)
    assert (found["auto.coverage"].value, found["auto.coverage"].cases) == (0.5, 4)
    assert found["auto.reach"].value == 0.25


def test_slices_hold_the_figures_of_their_cases() -> None:
    night = [replace(case, where=replace(case.where, open=False)) for case in mixed(20)]
    table = TableBuilder.of([asked(99, text="开" * 20), *night, asked(98, day=None)])
    slices = {part.name: {figure.name: figure for figure in part.figures} for part in compute_slices(table)}
    assert slices["hours=night"]["intent.accuracy"].cases == 20
    assert slices["hours=day"]["intent.accuracy"].cases == 1
    assert slices["characters=16-30"]["topic.hit1"].cases == 1
    assert slices["intent=shipping"]["intent.accuracy"].value == 1.0
    assert slices["clear=clear"]["intent.accuracy"].cases == 22
    assert "stratum=" not in slices


def test_rules_are_counted_clause_by_clause() -> None:
    table = TableBuilder.of([said(0, "a.b a.c", "a.b", stops=False), said(1, "a.b"), said(2, found="a.c"), said(3)])
    counts = {name: (part.breaches, part.found, part.false_alarms) for name, part in table.clauses.items()}
    assert counts == {"a.b": (2, 0, 0), "a.c": (1, 0, 1)}


@pytest.mark.parametrize(
    ("cases", "says"),
    [
        (mixed(), ""),
        ([asked(0), asked(1)], "every message has the main intent 'invoice'"),
        ([said(0), said(1)], "every agent's turn breaks a rule, or none does"),
        ([said(0, "a.b"), said(1, "a.b")], "every agent's turn breaks a rule"),
        ([said(0, "a.b"), said(1)], ""),
    ],
)
def test_one_class_is_no_measurement(cases: list[Case], says: str) -> None:
    assert check_classes(TableBuilder.of(cases)).startswith(says)
    assert bool(check_classes(TableBuilder.of(cases))) == bool(says)


def test_shuffled_labels_are_seen() -> None:
    cases = mixed(200)
    right = agreement_by_chance(TableBuilder.of(cases))
    labels = [(case.intents, case.topics) for case in cases]
    random.Random(1).shuffle(labels)
    shuffled = [replace(case, intents=i, topics=t) for case, (i, t) in zip(cases, labels, strict=True)]
    by_chance = agreement_by_chance(TableBuilder.of(shuffled))
    assert right is not None
    assert right < 0.01
    assert by_chance is not None
    assert by_chance > 0.01
    assert agreement_by_chance(TableBuilder.of(cases[:20])) is None
