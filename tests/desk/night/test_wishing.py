from __future__ import annotations

import pytest

from contracts.forms import FORMS
from contracts.understanding import Entity
from desk.night.wishing import only_cancels, only_wishes, wished_in

BY_ID = {form.id: form for form in FORMS}
INVOICE, CHANGE, RETURN = BY_ID["invoice_details"], BY_ID["order_change"], BY_ID["return_refund"]


@pytest.mark.parametrize(
    "text",
    ["专票可以开的吗", "你们支不支持增值税发票", "亲 能出个专票不", "公司抬头可以吗", "有普票吗", "请问能开个人发票么"],
)
def test_whether_an_invoice_can_be_had_is_a_wish_for_it(text: str) -> None:
    assert only_wishes(text, INVOICE)


@pytest.mark.parametrize(
    "text",
    [
        "专票能抵扣吗",
        "开专票加钱吗",
        "专票几天能开",
        "普票可以寄过来吗",
        "专票普票都能开吗",
        "专票开好了吗",
        "开票麻烦不麻烦",
        "个人和公司哪个好",
        "专票必须公司才行吗",
    ],
)
def test_what_somebody_wants_to_know_about_invoices_is_no_wish(text: str) -> None:
    assert not only_wishes(text, INVOICE)


def test_one_clause_of_a_line_may_be_the_wish() -> None:
    assert wished_in("我们要报账 能开专票不", INVOICE) == ("能开专票不",)
    assert wished_in("专票 要几个点", INVOICE) == ()


def test_how_is_a_wish_only_where_it_is_asked_for() -> None:
    assert not only_wishes("怎么换货呀", RETURN)
    assert only_wishes("怎么换货呀", RETURN, how=True)
    assert not only_wishes("怎么换货呀 要几天", RETURN, how=True)


def test_a_colour_alone_asks_whether_there_is_one() -> None:
    colour = (Entity("colour", "墨绿色", 3, 6),)
    assert only_wishes("可以换墨绿色吗", CHANGE, colour)
    assert not only_wishes("有没有墨绿色", CHANGE, colour)


def test_cancelling_and_no_more() -> None:
    assert only_cancels("可以取消订单吗")
    assert not only_cancels("取消订单要扣手续费吗")
