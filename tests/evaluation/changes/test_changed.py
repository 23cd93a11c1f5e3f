from __future__ import annotations

from dataclasses import replace

import pytest

from evaluation.cases import Asked, Case
from evaluation.changes.changed import Changed, Effect, changed
from evaluation.changes.preview import preview, preview_json
from tests.evaluation.made import asked, said


def shown(topics: str, asks: str = "invoice/type") -> Asked:
    """The one message with other suggestions; their ids go by their topics."""
    case = asked(1, asks, topics)
    return replace(case, shown=tuple(replace(item, reply_id=item.topic) for item in case.shown))


BREACH, CLEAN = said(2, "a.b", "a.b"), said(3)
WAYS = [
    (shown("product/stock invoice/type"), shown("invoice/type product/stock"), Effect.BETTER),
    (shown("invoice/type"), shown("product/stock"), Effect.WORSE),
    (shown("invoice/type"), shown(""), Effect.WORSE),
    (shown("invoice/type"), shown("invoice/type product/stock"), Effect.EVEN),
    (shown("product/stock", "thanks/thanks"), shown("", "thanks/thanks"), Effect.BETTER),
    (shown("thanks/thanks", "thanks/thanks"), shown("product/stock", "thanks/thanks"), Effect.WORSE),
    (BREACH, replace(BREACH, found=()), Effect.WORSE),
    (CLEAN, said(3, found="a.c"), Effect.WORSE),
    (said(3, found="a.c"), said(3, found="a.c", stops=False), Effect.BETTER),
]


@pytest.mark.parametrize(("before", "after", "effect"), WAYS)
def test_the_labels_say_what_a_change_is_worth(before: Case, after: Case, effect: Effect) -> None:
    found = changed(before, after)
    assert found is not None
    assert found.effect is effect


def test_what_an_agent_would_not_see_is_no_change() -> None:
    case = asked(1)
    assert changed(case, replace(case, timings={"total": 9.0}, read=(("product", 0.5),))) is None
    assert changed(BREACH, BREACH) is None
    text = replace(case, shown=(replace(case.shown[0], text="另一句"),))
    assert changed(case, text) is not None


def test_the_preview_begins_with_what_gets_worse() -> None:
    several = [Changed(before, after) for before, after, _ in WAYS]
    text = preview(several, 40)
    assert text.startswith("9 of 40 labelled cases would come out otherwise: 5 worse, 3 better, 1 as right as before")
    assert text.index("- d1#1") < text.index("+ d1#1") < text.index("~ d1#1")
    assert "before  1. ✓ invoice/type  回复0" in text
    assert "after   no suggestion" in text
    assert "before  a.b (stopped)" in text
    assert preview(several, 40, most=2).endswith("and 7 more")
    assert preview([], 40) == "of 40 labelled cases none would come out otherwise"


def test_a_program_gets_every_case() -> None:
    record = preview_json([Changed(before, after) for before, after, _ in WAYS], 40)
    assert (record["cases"], record["changed"], record["worse"], record["better"], record["even"]) == (40, 9, 5, 3, 1)
    assert record["changes"][0]["before"]["shown"][0]["reply_id"] == "product/stock"
