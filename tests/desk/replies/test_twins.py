from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from contracts.platform import Platform
from contracts.reply import Reply, Validity
from desk.replies.twins import NEAR, near_twins, same_texts
from retrieval.encoder.protocol import Encoder
from retrieval.library import Library
from tests.doubles import make_reply

SAID = make_reply("a.one", "开票不收税点，普票专票都不加钱，您按页面价付就好。")
AGAIN = make_reply("a.two", "普票专票都不加税点，开票不收钱，您按页面价格付款就好哦～")
REWORDED = [
    (
        "还没发出的，您可以直接在订单里申请退款，不用等收到货再退。",
        "没发货的话，您直接在订单里申请退款就行，不必等收到货。",
    ),
    (
        "付款页里列出的方式都可以用，您选顺手的就行，用哪种付都是一个价。",
        "付款页列出来的付款方式都能用，您挑方便的，哪种付法价格都一样。",
    ),
    (
        "抱歉让您等着急了，请把订单号发来，核实仓库进度后回复您。",
        "亲，抱歉让您等着急了，麻烦您把订单号发来，核实仓库进度后回复您～",
    ),
]
DIFFERENT = [
    ("用信用卡我们不收手续费，价格和优惠都一样。", "支持信用卡的亲，付款页选信用卡就行，优惠照样享受～"),
    ("商品页标了7天无理由的，收货后7天内可以退。", "没标7天无理由的，退货要看商品页写的说明。"),
    (
        "不好意思，请告诉我少了哪一件，拍张照，核实漏发就给您补寄。",
        "漏发是我们没做好，对不起。少的给您补寄，寄出后把单号告诉您。",
    ),
]


def _twins(encoder: Encoder, *replies: Reply) -> list[tuple[str, str, bool]]:
    return [(twins.first.id, twins.second.id, twins.nested) for twins in near_twins(Library(replies), encoder)]


def test_the_same_in_other_words_is_found(embedded: Encoder) -> None:
    (twins,) = near_twins(Library((SAID, make_reply("a.far", "您选一下付款方式"), AGAIN)), embedded)
    assert (twins.first, twins.second, twins.nested) == (SAID, AGAIN, False)
    assert NEAR <= twins.cosine <= 1


@pytest.mark.parametrize(("one", "other"), REWORDED)
def test_rewordings(embedded: Encoder, one: str, other: str) -> None:
    assert len(_twins(embedded, make_reply("a.one", one), make_reply("a.two", other))) == 1


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_answers_about_one_thing(embedded: Encoder, one: str, other: str) -> None:
    assert _twins(embedded, make_reply("a.one", one), make_reply("a.two", other)) == []


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        pytest.param({"topic": "invoice/type"}, {}, [], id="other topics"),
        pytest.param({"platforms": frozenset({Platform.JD})}, {"platforms": frozenset({Platform.PDD})}, [], id="apart"),
        pytest.param({"valid": Validity(last=date(2026, 1, 1))}, {"valid": Validity(date(2026, 1, 2))}, [], id="days"),
        pytest.param(
            {"valid": Validity(last=date(2026, 1, 2))}, {"valid": Validity(date(2026, 1, 2))}, [False], id="a day"
        ),
    ],
)
def test_only_replies_that_may_stand_side_by_side(
    embedded: Encoder, first: dict[str, object], second: dict[str, object], found: list[bool]
) -> None:
    pair = (replace(SAID, **first), replace(AGAIN, **second))  # type: ignore[arg-type]
    assert [nested for _, _, nested in _twins(embedded, *pair)] == found


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ({"order.status": ["paid"]}, {"order.status": ["shipped"]}, []),
        ({"order.status": ["paid", "shipped"]}, {"order.status": ["shipped"]}, [False]),
        ({}, {"order.status": ["shipped"]}, [True]),
        ({"item.custom": [True]}, {"order.status": ["shipped"]}, [True]),
    ],
)
def test_states_that_exclude_each_other_or_lie_in_each_other(
    embedded: Encoder, first: dict[str, list[str]], second: dict[str, list[str]], found: list[bool]
) -> None:
    pair = (make_reply("a.one", SAID.text, when=first), make_reply("a.two", AGAIN.text, when=second))
    assert [nested for _, _, nested in _twins(embedded, *pair)] == found


def test_the_same_text_is_told_apart_from_the_same_meaning(embedded: Encoder) -> None:
    copy = make_reply("a.copy", "開票不收税点，普票专票都不加钱，您按页面价付就好。")
    assert [(first.id, second.id) for first, second in same_texts(Library((copy, AGAIN, SAID)))] == [
        ("a.copy", "a.one")
    ]
    assert _twins(embedded, copy, SAID) == []


def test_slots_do_not_make_a_difference(embedded: Encoder) -> None:
    one = make_reply("a.one", "您的订单{order.number}预计{order.eta}送到，请留意")
    other = make_reply("a.two", "您的订单预计{order.ship_by}送到，请您留意")
    assert len(_twins(embedded, one, other)) == 1


def test_an_empty_library_has_no_twins(embedded: Encoder) -> None:
    assert _twins(embedded) == []
