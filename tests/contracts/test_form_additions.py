from __future__ import annotations

import pytest

from contracts.form_additions import is_addition, is_instead


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("再放一张感谢卡", True),
        ("还有麻烦绑个丝带", True),
        ("另外那条也换成红的", True),
        ("腰带也要红的", True),
        ("顺便写个到付", True),
        ("多来两双", True),
        ("再改成红的", False),
        ("还是红的吧", False),
        ("多久能到", False),
        ("也行", False),
    ],
)
def test_one_thing_more(text: str, more: bool) -> None:
    assert is_addition(text) is more


@pytest.mark.parametrize(
    ("text", "instead"),
    [("写错了 放门卫", True), ("改成发邮政", True), ("要不放门卫", True), ("落款写小陈", False), ("别折叠", False)],
)
def test_something_in_the_place_of_what_was_told(text: str, instead: bool) -> None:
    assert is_instead(text) is instead
