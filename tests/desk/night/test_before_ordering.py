from __future__ import annotations

import pytest

from desk.night.starting import before_ordering


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("还没下单 想问下", True),
        ("明天再拍可以吗", True),
        ("如果买两件包邮吗", True),
        ("今天拍的什么时候发", False),
        ("现在下单了", False),
        ("我想换个颜色", False),
    ],
)
def test_who_has_ordered_nothing_yet(text: str, before: bool) -> None:
    assert before_ordering(text) is before
