from __future__ import annotations

import pytest

from desk.night.staying import only_stays


@pytest.mark.parametrize(
    "text",
    [
        "地址不变",
        "收货人跟电话都不动",
        "颜色不用换了",
        "还是原来的地址就行",
        "寄到之前那个地址吧",
        "藏青色不变",
        "其他的照旧",
        "电话别改",
    ],
)
def test_what_stays_as_it_is(text: str) -> None:
    assert only_stays(text)


@pytest.mark.parametrize(
    "text",
    [
        "地址不变吗",
        "改回原来的地址",
        "地址改成之前那个",
        "颜色不变 码换41",
        "不要了",
        "物流一直不动",
        "地址不对",
        "不用改了",
    ],
)
def test_a_wish_a_question_and_a_trouble_are_no_such_remark(text: str) -> None:
    assert not only_stays(text)
