from __future__ import annotations

import pytest

from contracts.form_conditions import main_part, says_where_to_leave


@pytest.mark.parametrize(
    ("text", "main"),
    [
        ("没货就发灰的", ""),
        ("如果没有41就42", ""),
        ("换成米白 没有的话浅灰也可以", "换成米白 "),
        ("缺货就换蓝的吧", ""),
        ("颜色万一没有墨绿 黑的也行", "颜色"),
        ("没有就算了", "没有就算了"),
        ("要是没货我就退了", "要是没货我就退了"),
        ("没有L码吗", "没有L码吗"),
        ("没有邮箱", "没有邮箱"),
    ],
)
def test_what_would_do_as_well_is_no_part_of_the_wish(text: str, main: str) -> None:
    assert main_part(text) == main


@pytest.mark.parametrize(
    "text",
    ["放门口鞋柜里", "搁物业就中", "送到楼下小卖部", "驿站放着就好 我自己拿", "小区门卫那代收一下", "给我放丰巢柜"],
)
def test_where_a_parcel_is_to_be_left(text: str) -> None:
    assert says_where_to_leave(text)


@pytest.mark.parametrize(
    "text", ["快递放驿站了", "丢在门口没人管", "放丰巢柜可以吗", "红色的放一件", "谁让放门口的", "怎么又送到驿站"]
)
def test_what_was_done_with_one_is_not(text: str) -> None:
    assert not says_where_to_leave(text)
