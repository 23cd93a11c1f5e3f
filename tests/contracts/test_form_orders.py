from __future__ import annotations

import pytest

from contracts.form_orders import apart, only_renumbers, order_tails, orders_told, several_orders


@pytest.mark.parametrize(
    ("before", "text", "numbers", "told"),
    [
        (None, "订单号220118833771122009", ["220118833771122009"], "220118833771122009"),
        ("1111", "2222也要", ["2222"], "1111、2222"),
        ("1111", "抄错了 是2222", ["2222"], "2222"),
        ("1111、2222", "刚才那个不对，3333", ["3333"], "1111、3333"),
        ("1111", "1111这个", ["1111"], "1111"),
        ("尾号7102", "哦不 是7120", ["尾号7120"], "尾号7120"),
        ("尾号7102", "不是7102 是7120", ["尾号7120"], "尾号7120"),
        ("1111", "好的", [], "1111"),
        ("尾号2009", "220118833771122009", ["220118833771122009"], "220118833771122009"),
        ("220118833771122009", "尾号2009那个", ["尾号2009"], "220118833771122009"),
        ("1111", "还有一单2222颜色拍错了", ["2222"], "1111、2222"),
        ("1111", "2222这单地址也填错了", ["2222"], "1111、2222"),
        ("尾号2009", "尾号3377的也没到", ["尾号3377"], "尾号2009、尾号3377"),
    ],
)
def test_orders_stand_side_by_side_unless_one_is_corrected(
    before: str | None, text: str, numbers: list[str], told: str
) -> None:
    assert orders_told(before, text, numbers) == told


@pytest.mark.parametrize(
    ("text", "several"),
    [
        ("我买了两个订单", True),
        ("另一单也退", True),
        ("还有一单要改", True),
        ("这单改地址 那单不要了", True),
        ("我这单什么时候发", False),
        ("买了两件", False),
        ("两个单元楼都可以", False),
        ("帮我改订单", False),
    ],
)
def test_more_than_one_order(text: str, several: bool) -> None:
    assert several_orders(text) is several


@pytest.mark.parametrize(
    ("text", "tails"),
    [
        ("订单尾号8899", ["尾号8899"]),
        ("后四位是0123", ["尾号0123"]),
        ("7788结尾那个", ["尾号7788"]),
        ("一个尾号1234 一个尾号5678", ["尾号1234", "尾号5678"]),
        ("手机尾号8899", []),
        ("尾号不知道", []),
        ("2024年买的", []),
    ],
)
def test_the_last_digits_of_an_order(text: str, tails: list[str]) -> None:
    assert order_tails(text) == tails


@pytest.mark.parametrize(
    ("one", "other", "different"),
    [("1111", "2222", True), ("1111、2222", "2222", False), ("尾号1111", "991111", False), (None, "1111", False)],
)
def test_orders_are_apart_only_when_both_are_named(one: str | None, other: str, different: bool) -> None:
    assert apart(one, other) is different


@pytest.mark.parametrize(
    ("text", "numbers", "only"),
    [
        ("单号发错了 应该是2711234567890122222", ["2711234567890122222"], True),
        ("写错了 尾号是3465", ["尾号3465"], True),
        ("哦不 是3465", ["尾号3465"], True),
        ("不是3456 是3465", ["尾号3465"], True),
        ("不是3465那单要退", ["尾号3465"], False),
        ("错了错了 是260308-987654321012346", ["260308-987654321012346"], True),
        ("2711234567890122222", ["2711234567890122222"], False),
        ("地址写错了 2711234567890122222", ["2711234567890122222"], False),
        ("颜色拍错了", [], False),
    ],
)
def test_a_line_that_only_corrects_a_number(text: str, numbers: list[str], only: bool) -> None:
    assert only_renumbers(text, numbers) is only


def test_the_last_digits_beside_a_telephone_number_are_no_orders() -> None:
    assert order_tails("不对 尾号3333 13911113333") == []
