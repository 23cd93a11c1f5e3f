from __future__ import annotations

import pytest

from contracts.form_meant import meant, named_orders
from contracts.understanding import Entity


@pytest.mark.parametrize(
    ("text", "values", "wanted"),
    [
        ("要白色的，我拍成黑色了", ["白色", "黑色"], ["白色"]),
        ("不要黑色，换白色", ["黑色", "白色"], ["白色"]),
        ("从M换成L", ["M", "L"], ["L"]),
        ("黑色白色各一", ["黑色", "白色"], ["黑色", "白色"]),
        ("拍成黑色了", ["黑色"], ["黑色"]),
        ("不要黑色了", ["黑色"], []),
        ("要不要黑色的", ["黑色"], ["黑色"]),
        ("要白色36不要黑色37", ["36", "37"], ["36"]),
        ("灰色还是蓝色耐脏", ["灰色", "蓝色"], []),
        ("抬头开成个人了", ["个人"], []),
        ("开成云溪贸易有限公司了 该是云海有限公司", ["云溪贸易有限公司", "云海有限公司"], ["云海有限公司"]),
        ("给我写成了个人", ["个人"], []),
        ("那就开成个人", ["个人"], ["个人"]),
        ("改成个人了就行", ["个人"], ["个人"]),
    ],
)
def test_the_value_that_is_meant(text: str, values: list[str], wanted: list[str]) -> None:
    assert meant(text, values) == wanted


def test_a_number_and_the_tail_of_another_are_two_orders() -> None:
    text = "订单123456789012和尾号5678那单都改地址"
    numbers = (Entity("order_number", "123456789012", 2, 14),)
    assert named_orders(text, numbers) == ["123456789012", "尾号5678"]
    assert named_orders("订单123456789012 尾号9012", numbers) == ["123456789012"]


def test_the_last_digits_of_a_telephone_number_name_no_order() -> None:
    assert named_orders("最后四位是2233", (Entity("phone", "13800002233", 5, 9),)) == []
