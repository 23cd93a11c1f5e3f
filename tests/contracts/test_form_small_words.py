from __future__ import annotations

import pytest

from contracts.form_small_words import names_another, only_small_words, only_values, wished


@pytest.mark.parametrize(("text", "small"), [("那还是要吧", True), ("不对，应该是", True), ("送到学校", False)])
def test_words_that_carry_no_matter(text: str, small: bool) -> None:
    assert only_small_words(text) is small


def test_a_line_that_is_hardly_more_than_its_values() -> None:
    assert only_values("就要白色38码吧", ("白色", "38码"))
    assert not only_values("鞋垫也要38码", ("38码",))


@pytest.mark.parametrize(
    ("text", "values", "left"),
    [
        ("算了 还是38", ("38",), "算了 还是38"),
        ("不换了 37码也能穿", ("37码",), ""),
        ("不改名字了 电话要改 13811112222", ("13811112222",), "电话要改 13811112222"),
        ("算了 太麻烦了", (), "算了"),
        ("不要白色要黑色", ("白色", "黑色"), "不要白色要黑色"),
        ("要不换38吧", ("38",), "要不换38吧"),
    ],
)
def test_what_a_line_that_calls_off_wishes_instead(text: str, values: tuple[str, ...], left: str) -> None:
    found = wished(text, values)
    assert found.strip() == left
    assert len(found) == len(text)


@pytest.mark.parametrize(
    ("text", "another"),
    [
        ("还是送我学校吧", True),
        ("写我弟的名字", True),
        ("就寄原来的", False),
        ("就这样发吧", False),
        ("用不上了", False),
        ("改一下吧", False),
    ],
)
def test_a_wish_that_names_another_in_words(text: str, another: bool) -> None:
    assert names_another(text) is another
