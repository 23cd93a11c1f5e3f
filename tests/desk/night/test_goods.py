from __future__ import annotations

import pytest

from desk.night.goods import is_business, without_goods
from retrieval.library import Library


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("加湿器保修几年", "保修几年"),
        ("这个书架发什么快递", "发什么快递"),
        ("我买的帐篷什么时候发货", "什么时候发货"),
        ("花盆包邮吗 床垫呢", "包邮吗 床垫呢"),
    ],
)
def test_goods_that_open_a_question_are_left_out(shipped_library: Library, text: str, rest: str) -> None:
    assert without_goods(text, shipped_library).replace("这个", "").replace("我买的", "").split() == rest.split()


@pytest.mark.parametrize(
    "text",
    [
        "定金能退吗",  # the library speaks of it
        "顺丰包邮吗",
        "收据能开吗",
        "教师有优惠吗",  # who buys
        "送书架吗",  # what is asked for
        "合格证有吗",  # nothing else is asked
        "加湿器",
    ],
)
def test_other_words_stay(shipped_library: Library, text: str) -> None:
    assert without_goods(text, shipped_library) == text


def test_a_matter_of_business_is_told_from_goods_and_small_talk() -> None:
    assert is_business("invoice/issue")
    assert is_business("returns/policy")
    assert not any(map(is_business, ("product/stock", "returns/quality", "inform/details", "complaint/anger")))
