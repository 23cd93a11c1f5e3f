from __future__ import annotations

from typing import Any

import pytest

from tests.compliance.texts import check, material, said


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("7天内发货", "7天"),
        ("72小时内发货", None),
        ("3天内给您发货,5天能到", None),
        ("不会拖到一周才发货", None),
        ("五个工作日内发货", "五个工作日"),
        ("下周发货", "下周"),
        ("支持7天无理由退货", None),
        ("给您安排发货。大概7天", "7天"),
        ("7天内都可以退。今天发货", None),
    ],
)
def test_a_stated_time_against_the_limit(text: str, found: str | None) -> None:
    dispatch = check("dispatch", about=["发货"], hours=72)
    assert said(text, dispatch.find(material(text))) == found


@pytest.mark.parametrize(
    ("text", "values", "late"),
    [
        ("2天内发货", {"shop__ship_hours": 24}, True),
        ("2天内发货", {"shop__ship_hours": 48}, False),
        ("2天内发货", {"order__paid_at": "2026-01-01T00:00", "now": "2026-01-03T00:00"}, True),
        ("付款后2天内发货", {"order__paid_at": "2026-01-01T00:00", "now": "2026-01-03T00:00"}, False),
        ("2天内发货", {"order__paid_at": "2026-01-01T00:00+08:00", "now": "2026-01-03T00:00"}, False),
    ],
)
def test_the_promise_of_the_shop_and_the_time_since_payment(text: str, values: dict[str, Any], late: bool) -> None:
    dispatch = check("dispatch", about=["发货"], hours=72)
    assert (dispatch.find(material(text, **values)) is not None) is late


@pytest.mark.parametrize(
    ("text", "late"),
    [
        ("26号给您发货", True),
        ("22号给您发货", False),
        ("11月30日发货", True),
        ("18号付的款,今天发货", False),
        ("19号已经发货", False),
        ("72小时内发货", False),
        ("4天内发货", True),
    ],
)
def test_a_day_is_reckoned_from_now(text: str, late: bool) -> None:
    values = {"order__paid_at": "2026-11-20T10:00:00+08:00", "now": "2026-11-20T11:00:00+08:00"}
    dispatch = check("dispatch", about=["发货"], hours=72)
    assert (dispatch.find(material(text, **values)) is not None) is late


def test_without_the_time_a_day_says_nothing() -> None:
    assert check("dispatch", about=["发货"], hours=72).find(material("26号给您发货")) is None


def test_an_event_starts_its_own_clock() -> None:
    dispatch = check("dispatch", about=["补寄"], hours=48, from_="event", except_=["能到"])
    assert dispatch.find(material("补寄3天后发")) is not None
    assert dispatch.find(material("补寄了,5天能到")) is None
