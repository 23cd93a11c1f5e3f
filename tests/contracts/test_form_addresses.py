from __future__ import annotations

import pytest

from contracts.form_addresses import whole_addresses
from contracts.understanding import Entity


@pytest.mark.parametrize(
    ("text", "recognised", "whole"),
    [
        ("改到重庆市渝中区临江门1号", "重庆市渝中区", "重庆市渝中区临江门1号"),
        ("重庆市渝中区 临江门12号 谢谢", "重庆市渝中区", "重庆市渝中区 临江门12号"),
        ("上海市浦东新区示例路9号吧", "上海市浦东新区示例路9号", "上海市浦东新区示例路9号"),
        ("上海市浦东新区示例路9号手机号13800138000", "上海市浦东新区示例路9号", "上海市浦东新区示例路9号"),
        ("上海市浦东新区示例路9号，3件", "上海市浦东新区示例路9号", "上海市浦东新区示例路9号"),
    ],
)
def test_an_address_goes_to_the_house(text: str, recognised: str, whole: str) -> None:
    start = text.index(recognised)
    (found,) = whole_addresses(text, (Entity("address", recognised, start, start + len(recognised)),))
    assert (found.value, text[found.start : found.end]) == (whole, whole)
