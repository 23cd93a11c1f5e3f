from __future__ import annotations

import pytest

from contracts.form_questions import offers_choice, told_entities, told_part
from contracts.understanding import Entity


@pytest.mark.parametrize(
    "text",
    [
        "里子是棉的还是绒的",
        "寄申通还是寄韵达",
        "S码还是M码",
        "灰色还是米色耐脏",
        "自提还是配送",
        "买大的还是买小的",
        "发票抬头写个人还是公司呢",
        "要蓝色还是绿色显白",
        "周六送还是周日送",
        "是现在付还是到了付",
    ],
)
def test_which_of_two_is_a_question(text: str) -> None:
    assert offers_choice(text)
    assert told_part(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "还是要米色的吧",
        "想想还是退了吧",
        "我还是觉得贵",
        "包裹还是没动",
        "收件人还是我",
        "颜色还是灰色",
        "地址还是老地址",
        "自提还是配送都行",
        "算了还是发顺丰",
        "等了五天还是没人管",
    ],
)
def test_still_and_after_all_ask_nothing(text: str) -> None:
    assert not offers_choice(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("有绿色吗 有就换绿色", "有就换绿色"),
        ("换成绿色可以吗", "换成绿色"),
        ("抬头写张三对吧", "抬头写张三"),
        ("能换吗", ""),
        ("怎么开 开给公司", "开给公司"),
        ("运费多少，我要两件", "我要两件"),
    ],
)
def test_the_clauses_that_ask_nothing_tell_something(text: str, told: str) -> None:
    assert told_part(text) == told


def test_codes_are_what_they_are_in_a_question_too() -> None:
    entities = (
        Entity("phone", "13900001111", 0, 11),
        Entity("colour", "绿色", 0, 2),
        Entity("address", "示例路8号", 0, 5),
        Entity("address", "浙江", 0, 2),
    )
    assert [entity.value for entity in told_entities("", entities)] == ["13900001111", "示例路8号"]
    assert told_entities("换绿色", entities)[1].value == "绿色"
