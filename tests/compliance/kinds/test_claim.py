from __future__ import annotations

import pytest

from tests.compliance.texts import check, material, said

FEE = ["加钱", "加\\d{1,2}个点", "收费"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("发票要加钱哦", "加钱"),
        ("发票不加钱", None),
        ("运费要加钱", None),
        ("发票的事,要票就加六个点", "加六个点"),
    ],
)
def test_a_claim_about_a_subject(text: str, found: str | None) -> None:
    claim = check("claim", about=["票"], says=FEE)
    assert said(text, claim.find(material(text))) == found


@pytest.mark.parametrize(
    ("reach", "text", "stands"),
    [
        ("unit", "发票可以开,要加钱", False),
        ("sentence", "发票可以开,要加钱", True),
        ("sentence", "发票可以开。要加钱", False),
        ("text", "发票可以开。要加钱", True),
        ("text", "要加钱。发票可以开", False),
        ("text", "要加钱", False),
    ],
)
def test_reach(reach: str, text: str, stands: bool) -> None:
    claim = check("claim", about=["票"], reach=reach, says=FEE)
    assert (claim.find(material(text)) is not None) is stands


def test_the_buyer_may_name_the_subject() -> None:
    claim = check("claim", about=["票"], reach="talk", says=FEE)
    assert claim.find(material("要加钱的", buyer__text="发票怎么开")) is not None
    assert claim.find(material("要加钱的", buyer__text="尺码怎么选")) is None
    assert claim.find(material("要加钱的。发票可以开", buyer__text="尺码怎么选")) is None


def test_the_next_sentence_makes_nothing_harmless() -> None:
    claim = check("claim", says=FEE, unless_next=["顺丰"])
    assert claim.find(material("要加钱,顺丰才要")) is None
    assert claim.find(material("要加钱。顺丰才要")) is not None


def test_flatly_ignores_negation() -> None:
    assert check("claim", flatly=["说不准"]).find(material("不是说不准")) is not None


@pytest.mark.parametrize(
    ("option", "text"),
    [
        ("unless", "顺丰加钱"),
        ("unless_next", "要加钱,顺丰才要"),
        ("unless_near", "要加钱,这是因为顺丰"),
        ("unless_text", "要加钱。顺丰"),
    ],
)
def test_what_makes_a_claim_harmless(option: str, text: str) -> None:
    assert check("claim", says=FEE).find(material(text)) is not None
    assert check("claim", says=FEE, **{option: ["顺丰"]}).find(material(text)) is None


def test_along_asks_for_more_in_the_sentence() -> None:
    claim = check("claim", says=FEE, along=["特价"])
    assert claim.find(material("特价的,要加钱")) is not None
    assert claim.find(material("特价的。要加钱")) is None


def test_what_follows_a_denied_claim_shares_its_fate() -> None:
    claim = check("claim", says=["别的公司", "代开"])
    assert claim.find(material("不会找别的公司代开")) is None
    assert claim.find(material("不会找别的公司,自己代开")) is not None


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("京券只能用一张", True),
        ("京券不限,东券只能用一张", False),
        ("东券要满额,京券只能用一张", True),
        ("东券要满额。只能用一张", False),
        ("只能用一张", True),
    ],
)
def test_a_claim_is_of_the_subject_named_last(text: str, stands: bool) -> None:
    claim = check("claim", about=["京券"], rivals=["东券"], reach="talk", says=["只能用一张"])
    assert (claim.find(material(text, buyer__text="京券怎么用")) is not None) is stands
