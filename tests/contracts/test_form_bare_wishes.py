from __future__ import annotations

import pytest

from contracts.form_bare_wishes import asks_for_note, only_wishes_note


@pytest.mark.parametrize(
    "text",
    [
        "订单帮我加个备注",
        "麻烦您备注下哈",
        "我想留个言",
        "下单忘记写备注了 补一下",
        "可以帮我写张贺卡吗",
        "在单子上备注几句话可以吗",
        "数量改一下",
        "帮我改下件数呗",
    ],
)
def test_a_wish_without_what_it_is(text: str) -> None:
    assert only_wishes_note(text)


@pytest.mark.parametrize(
    "text",
    [
        "备注送货前打电话",
        "备注一下 别放快递柜",
        "放张贺卡",
        "写生日快乐",
        "数量改成3个",
        "备注周末送",
        "能备注不要放小票吗",
        "谢谢",
    ],
)
def test_what_a_note_says(text: str) -> None:
    assert not only_wishes_note(text)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("可以给订单备注吗", True),
        ("能写个备注不", True),
        ("备注能加吗", True),
        ("我的备注你们看到了吗", False),
        ("在哪里备注", False),
        ("备注怎么没写", False),
    ],
)
def test_a_question_for_a_note(text: str, asked: bool) -> None:
    assert asks_for_note(text) is asked
