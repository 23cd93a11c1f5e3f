from __future__ import annotations

import pytest

from contracts.parts import MOST, split_parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("拍了两天咋还没发", []),
        ("拍了两天咋还没发 还有能开票不", ["拍了两天咋还没发", "还有能开票不"]),
        ("好的，谢谢！那发票呢？", ["好的", "谢谢", "那发票呢"]),
        ("嗯 那多少钱", []),
        ("买了3,5,7号都没发", []),
        ("尺码偏小,帮我换大一码", ["尺码偏小", "帮我换大一码"]),
        ("帮我把地址改成公司的然后颜色也换成黑色可以吗", ["帮我把地址改成公司的", "然后颜色也换成黑色可以吗"]),
        ("什么时候发货啊另外我还想开发票", ["什么时候发货啊", "另外我还想开发票"]),
        ("付了款然后呢", []),
        ("麻烦发到另外一个地址", []),
        ("", []),
        ("。。。？？", []),
    ],
)
def test_a_message_is_split_where_a_buyer_pauses(text: str, parts: list[str]) -> None:
    assert split_parts(text) == parts


def test_a_story_is_read_as_a_whole() -> None:
    assert split_parts("然后呢 " * (MOST + 1)) == []
    assert len(split_parts("然后呢 " * MOST)) == MOST
