from __future__ import annotations

from collections.abc import Sequence

import pytest

from desk.decided import Made
from desk.storage.decisions import DecisionKind
from evaluation.learning.acceptance import acceptance, most_missed
from tests.evaluation.learning.made import made

APPROVED, EDITED, SEARCHED, WRITTEN = (
    DecisionKind.APPROVED,
    DecisionKind.EDITED,
    DecisionKind.SEARCHED,
    DecisionKind.WRITTEN,
)


def figures(*several: Made) -> dict[str, tuple[float, int]]:
    return {figure.name: (figure.value, figure.cases) for figure in acceptance(several).figures()}


def spread(several: Sequence[Made]) -> list[Made]:
    """Each in a conversation of its own."""
    return [made(m.kind, m.rank, m.sent, conversation=f"c{place}") for place, m in enumerate(several)]


def test_acceptance_by_hand() -> None:
    found = figures(
        made(APPROVED, 1),
        made(EDITED, 2, "专票普票都可以开"),  # one character replaced, one put in, of eight
        made(SEARCHED, reply_id="a.b"),
        made(WRITTEN, sent="我查一下"),
        made(WRITTEN, sent="在的", offered=()),
        made(rejected=frozenset({1})),
    )
    assert found["agents.first"] == (1 / 4, 4)
    assert found["agents.among3"] == (2 / 4, 4)
    assert found["agents.edited"] == (1 / 2, 2)
    assert found["agents.distance"] == (pytest.approx((0 + 2 / 8) / 2), 2)
    assert found["agents.searched"] == (1 / 4, 4)
    assert found["agents.written"] == (1 / 4, 4)
    assert found["agents.silent"] == (1 / 5, 5)
    assert found["agents.rejected"] == (1 / 5, 5)


def test_the_interval_goes_by_conversations() -> None:
    one = acceptance([made(APPROVED, 1), made(APPROVED, 2)]).figures()
    assert {figure.interval for figure in one} == {None}
    many = acceptance(spread([made(APPROVED, 1 + place % 2) for place in range(30)])).figures()
    assert many[0].interval is not None
    assert many[0].interval.low < 0.5 < many[0].interval.high


def test_nothing_decided_has_no_figures() -> None:
    assert acceptance([]).figures() == ()


def test_misses_are_kept_those_first_that_were_searched() -> None:
    counted = acceptance([made(WRITTEN, sent="我查一下"), made(APPROVED, 1), made(SEARCHED, reply_id="a.b")])
    assert [item.kind for item in most_missed(counted.missed)] == [SEARCHED, WRITTEN]
