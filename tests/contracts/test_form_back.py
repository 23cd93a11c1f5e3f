from __future__ import annotations

import pytest

from bot.entities.patterns import find_entities
from contracts.form_back import goes_back, left_behind, refuses_change


@pytest.mark.parametrize(
    ("text", "had"),
    [
        ("白色换成灰色", ("白",)),
        ("38换39", ("38",)),
        ("38码的想换成39码", ("38",)),
        ("拍的是白色 想改成灰色", ("白",)),
        ("帮我换成灰色", ()),
        ("要灰色不要白色了", ()),
        ("买了两件想改成三件", ("2",)),
        ("拍了1双 换成2双", ("1",)),
    ],
)
def test_what_the_order_has(text: str, had: tuple[str, ...]) -> None:
    assert left_behind(text, find_entities(text)) == had


@pytest.mark.parametrize(
    ("text", "back"),
    [("还是白色吧", True), ("那就白的", True), ("还是灰色", False), ("白色换灰色", False), ("谢谢", False)],
)
def test_going_back(text: str, back: bool) -> None:
    assert goes_back(text, find_entities(text), ("白",), frozenset({"colour"})) is back


def test_half_of_a_change_is_none_going_back() -> None:
    assert not goes_back("还是白色吧", find_entities("还是白色吧"), ("白",), frozenset({"colour", "size"}))


@pytest.mark.parametrize(
    ("text", "refused"),
    [("不换了 还是白的吧", True), ("算了不改了", True), ("不换了 换成灰色", False), ("不换灰色了 要白色", False)],
)
def test_a_change_refused(text: str, refused: bool) -> None:
    assert refuses_change(text) is refused


@pytest.mark.parametrize(
    ("text", "refused"),
    [("还是1双吧 不换了", True), ("不改了", True), ("就1双 不改了", True), ("还是3双吧 不改了", False)],
)
def test_a_count_refused(text: str, refused: bool) -> None:
    assert refuses_change(text, find_entities(text), ("1",)) is refused
