from __future__ import annotations

import pytest

from contracts.form_remarks import still_missing


@pytest.mark.parametrize("text", ["确实没有", "没有 你们帮忙查查", "真不清楚", "也找不到", "没有的，晚点给你"])
def test_that_something_is_still_not_there(text: str) -> None:
    assert still_missing(text)


@pytest.mark.parametrize("text", ["不知道", "没有邮箱", "普票", "没有 开普票", "查到了 91330106MA2B1C2D3C", ""])
def test_what_says_more_or_less(text: str) -> None:
    assert not still_missing(text)
