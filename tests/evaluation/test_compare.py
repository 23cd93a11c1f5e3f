from __future__ import annotations

from dataclasses import replace

import pytest

from evaluation.cases import Asked
from evaluation.compare import Comparison, Difference, compare
from evaluation.figures import Wanted
from evaluation.table import TableBuilder
from tests.evaluation.made import asked

TOPICS = ("invoice/type", "shipping/delay")


def run(wrong: range, count: int = 60) -> list[Asked]:
    """Messages whose first suggestion is wrong for the numbers of `wrong`."""
    return [
        asked(place, TOPICS[place % 2], "product/stock" if place in wrong else TOPICS[place % 2])
        for place in range(count)
    ]


def compared(before: list[Asked], after: list[Asked]) -> tuple[Comparison, dict[str, Difference]]:
    found = compare(TableBuilder.of(before), TableBuilder.of(after), Wanted(0.8))
    return found, {item.measure.name: item for item in found.differences}


def test_a_run_does_not_differ_from_itself() -> None:
    found, by_name = compared(run(range(10)), run(range(10)))
    assert len(found.pairing.after) == 60
    assert {item.verdict for item in found.differences} == {"no difference"}
    assert by_name["topic.hit1"].chance == 1.0


def test_what_got_worse_is_named_and_is_no_chance() -> None:
    _, by_name = compared(run(range(0)), run(range(20)))
    worse = by_name["topic.hit1"]
    assert worse.verdict == "worse"
    assert worse.worse == tuple(f"d{place}#{place}" for place in range(20))
    assert worse.better == ()
    assert worse.chance < 0.001
    assert by_name["topic.mrr"].verdict == "worse"
    assert worse.interval is not None
    assert worse.interval.high < 0


def test_what_got_better_is_named() -> None:
    _, by_name = compared(run(range(20)), run(range(0)))
    assert by_name["topic.hit1"].verdict == "better"
    assert len(by_name["topic.hit1"].better) == 20


def test_two_cases_may_be_chance() -> None:
    _, by_name = compared(run(range(0)), run(range(2)))
    assert by_name["topic.hit1"].verdict == "may be chance"


def test_where_less_is_better_more_is_worse() -> None:
    silent = [replace(case, shown=()) for case in run(range(0))]
    _, by_name = compared(run(range(0)), silent)
    assert by_name["abstain.wrong"].verdict == "worse"
    assert by_name["abstain.wrong"].after == 1.0


def test_cases_that_only_one_run_has_or_that_were_labelled_anew_are_left_out() -> None:
    before, after = run(range(0), 40), run(range(0), 50)[5:]
    after[0] = replace(after[0], topics=("invoice/title",), intents=("invoice",))
    found, by_name = compared(before, after)
    assert found.pairing.only_before == tuple(f"d{place}#{place}" for place in range(5))
    assert len(found.pairing.only_after) == 10
    assert found.pairing.relabelled == ("d5#5",)
    assert by_name["topic.hit1"].cases == 34


def test_cases_are_paired_by_id_in_whatever_order_they_stand() -> None:
    _, by_name = compared(run(range(10)), list(reversed(run(range(10)))))
    assert by_name["topic.hit1"].better == by_name["topic.hit1"].worse == ()
    assert by_name["intent.macro_f1"].after == pytest.approx(by_name["intent.macro_f1"].before)


def test_runs_without_a_common_case_have_nothing_to_compare() -> None:
    found, _ = compared(run(range(0), 3), [asked(100), asked(101, "shipping/delay")])
    assert found.differences == ()
