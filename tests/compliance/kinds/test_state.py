from __future__ import annotations

from typing import Any

import pytest

from tests.compliance.texts import check, material


@pytest.mark.parametrize(
    ("condition", "values", "holds"),
    [
        ({"order.status": ["paid", "shipped"]}, {"order__status": "paid"}, True),
        ({"order.status": ["paid"]}, {"order__status": "unpaid"}, False),
        ({"order.status": ["paid"]}, {}, False),
        ({"item.custom": True}, {"item__custom": True}, True),
        ({"item.custom": [False]}, {"item__custom": True}, False),
        ({"turn.unanswered_sent": {"at_least": 3}}, {"turn__unanswered_sent": 3}, True),
        ({"turn.unanswered_sent": {"at_least": 3}}, {"turn__unanswered_sent": 2}, False),
        ({"campaign.min_amount": {"at_most": 5}}, {"campaign__min_amount": 4}, True),
        ({"now": {"from": "22:30", "to": "08:00"}}, {"now": "2026-01-01T00:40:00"}, True),
        ({"now": {"from": "22:30", "to": "08:00"}}, {"now": "2026-01-01T08:00:00"}, False),
        ({"now": {"from": "09:00", "to": "18:00"}}, {"now": "2026-01-01T12:00:00"}, True),
    ],
)
def test_conditions(condition: dict[str, Any], values: dict[str, Any], holds: bool) -> None:
    state = check("state", when=condition)
    assert (state.find(material("好的", **values)) is not None) is holds


def test_unless_silences_only_when_it_is_known() -> None:
    state = check("state", unless={"item.custom": [True]}, then={"kind": "claim", "says": ["可以退"]})
    assert state.find(material("可以退")) is not None
    assert state.find(material("可以退", item__custom=False)) is not None
    assert state.find(material("可以退", item__custom=True)) is None


def test_named_words_silence() -> None:
    state = check("state", named="campaign.excludes_regions", then={"kind": "claim", "says": ["补运费"]})
    regions = ["新疆", "西藏"]
    assert state.find(material("新疆要补运费", campaign__excludes_regions=regions)) is None
    assert state.find(material("您要补运费", campaign__excludes_regions=regions, buyer__text="寄西藏")) is None
    assert state.find(material("您要补运费", campaign__excludes_regions=regions)) is not None
    assert state.find(material("您要补运费")) is not None


def test_the_buyer_line_may_be_a_condition() -> None:
    state = check("state", buyer=["包邮"], then={"kind": "claim", "flatly": ["看情况"]})
    assert state.find(material("看情况", buyer__text="包邮吗")) is not None
    assert state.find(material("看情况", buyer__text="有货吗")) is None
    assert state.find(material("看情况")) is None


@pytest.mark.parametrize(
    ("buyer", "found"),
    [({"buyer__text": "推荐一款"}, True), ({"buyer__text": "推荐一款给我妈穿的"}, False), ({}, False)],
)
def test_what_the_buyer_must_not_have_said(buyer: dict[str, str], found: bool) -> None:
    state = check("state", buyer=["推荐"], buyer_without=["给我"])
    assert (state.find(material("就这款", **buyer)) is not None) is found
