from __future__ import annotations

from typing import Any

import pytest

from compliance.options import OptionError
from tests.compliance.texts import check, material, said

TWO_HOURS = {"at_least": 2, "at_most": 2}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("不提交的话2小时后自动解锁", None),
        ("两个小时自动解锁", None),
        ("120分钟自动解锁", None),
        ("24小时后自动解锁", "24小时"),
        ("要一天才解锁", "一天"),
        ("二十四个钟头才解锁", "二十四个钟头"),
        ("半小时就解锁了", "半小时"),
        ("1到2小时解锁", "1到2小时"),
        ("两三小时解锁", "两三小时"),
        ("不用等24小时才解锁", None),
        ("24小时内发货", None),
        ("好几天才解锁", None),
    ],
)
def test_a_stated_time_is_held_against_the_true_one(text: str, found: str | None) -> None:
    quantity = check("quantity", about=["解锁"], true=TWO_HOURS)
    assert said(text, quantity.find(material(text))) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("东券一单一张", None),
        ("东券一单可以用两张", "两张"),
        ("东券可以用好几张", "好几张"),
        ("第2张东券下次用", None),
        ("东券一打", "一打"),
    ],
)
def test_what_is_counted_can_be_named(text: str, found: str | None) -> None:
    quantity = check("quantity", about=["东券"], units={"张": 1, "打": 12}, true={"at_most": 1}, several="three")
    assert said(text, quantity.find(material(text))) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("7天内退货15天内换货", None),
        ("10天内退货15天内换货", "10天"),
        ("15天换货,7天退货", None),
        ("退货15天内,换货7天内", "15天"),
    ],
)
def test_near_keeps_two_quantities_apart(text: str, found: str | None) -> None:
    quantity = check("quantity", about=["货"], near=["退"], other=["换"], true={"at_most": 7 * 24})
    assert said(text, quantity.find(material(text))) == found


@pytest.mark.parametrize(
    ("reach", "text", "found"),
    [
        ("unit", "解锁的话,等3小时", False),
        ("sentence", "解锁的话,等3小时", True),
        ("sentence", "会解锁的。等3小时", False),
        ("text", "会解锁的。等3小时", True),
        ("text", "等3小时", False),
        ("talk", "等3小时", True),
    ],
)
def test_reach(reach: str, text: str, found: bool) -> None:
    quantity = check("quantity", about=["解锁"], reach=reach, true=TWO_HOURS)
    assert (quantity.find(material(text, buyer__text="多久解锁")) is not None) is found


def test_a_unit_can_be_harmless() -> None:
    quantity = check("quantity", about=["解锁"], true=TWO_HOURS, except_=["密码"])
    assert quantity.find(material("密码错了3小时后解锁")) is None


@pytest.mark.parametrize(
    "options",
    [
        {"true": {}},
        {"true": {"about": 2}},
        {"true": {"at_most": "two"}},
        {"true": {"at_most": 2}, "units": {"张": "one"}},
    ],
)
def test_options_that_cannot_be_used(options: dict[str, Any]) -> None:
    with pytest.raises(OptionError):
        check("quantity", about=["券"], **options)
