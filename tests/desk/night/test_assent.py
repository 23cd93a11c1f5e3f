from __future__ import annotations

import pytest

from desk.night.assent import says_more


@pytest.mark.parametrize(
    "text",
    ["好的谢谢", "嗯嗯 知道了", "行吧 那明天再说", "ok 辛苦啦[玫瑰]", "晚安 拜拜", "不用了谢谢", "没事 不急", "好滴👌"],
)
def test_mere_assent(text: str) -> None:
    assert not says_more(text)


@pytest.mark.parametrize(
    "text",
    ["放门口鞋柜就行", "不急 反正下周才搬家", "行 给保安代收", "孙桂芳的就不要了", "可以 周六前到就好", "好 地址没错"],
)
def test_who_says_something_besides(text: str) -> None:
    assert says_more(text)
