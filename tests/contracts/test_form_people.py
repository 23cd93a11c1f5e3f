from __future__ import annotations

import pytest

from bot.entities.patterns import find_entities
from contracts.form_people import recipient


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("上海市浦东新区示例路9号3栋602 顾青 13800138000", "顾青"),
        ("上海市浦东新区示例路9号3栋602顾青13800138000", "顾青"),
        ("欧阳雪 13800138000 上海市浦东新区示例路9号", "欧阳雪"),
        ("上海市浦东新区示例路9号 豆豆妈 13800138000", "豆豆妈"),
        ("改成13800138000 上海市浦东新区示例路9号 收件顾先生", "顾先生"),
        ("上海市浦东新区示例路9号，顾青收，13800138000", "顾青"),
        ("换个人收 小圆 13800138000 上海市浦东新区示例路9号", "小圆"),
        ("上海市浦东新区示例路9号 13800138000 谢谢", None),
        ("上海市浦东新区示例路9号 电话 13800138000", None),
        ("改到上海市浦东新区示例路9号 周末送", None),
        ("麻烦改成13800138000", None),
        ("电话改成13800138000 安排下", None),
        ("13800138000 易碎品", None),
        ("顾青", None),
    ],
)
def test_who_receives_is_read_from_where_the_name_stands(text: str, name: str | None) -> None:
    assert recipient(text, find_entities(text)) == name
