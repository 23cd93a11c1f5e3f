from __future__ import annotations

import pytest

from bot.entities.patterns import find_entities
from contracts.form_goods import bare_shade, is_size, with_goods


def _goods(text: str) -> list[tuple[str, str]]:
    found = with_goods(text, find_entities(text))
    return [(entity.name, entity.value) for entity in found if entity.name in ("colour", "size", "count")]


@pytest.mark.parametrize(
    ("text", "goods"),
    [
        ("灰色的换成米色 39的", [("colour", "灰色"), ("colour", "米色"), ("size", "39")]),
        ("蓝色36改粉色37", [("colour", "蓝色"), ("size", "36"), ("colour", "粉色"), ("size", "37")]),
        ("要130的绿色", [("size", "130"), ("colour", "绿色")]),
        ("改成白38", [("colour", "白"), ("size", "38")]),
        ("尺码 37.5", [("size", "37.5")]),
        ("换36.5的", [("size", "36.5")]),
        ("棕色 M", [("colour", "棕色"), ("size", "M")]),
        ("红色39元贵了", [("colour", "红色")]),
        ("黑色2双", [("colour", "黑色"), ("count", "2双")]),
        ("黑色 40天了", [("colour", "黑色")]),
        ("灰色 100%棉", [("colour", "灰色")]),
        ("身高165 体重55kg", []),
    ],
)
def test_a_number_beside_a_colour_is_a_size_unless_it_has_a_unit(text: str, goods: list[tuple[str, str]]) -> None:
    assert _goods(text) == goods


@pytest.mark.parametrize(
    ("number", "size"), [("37", True), ("38.5", True), ("165", True), ("163", False), ("7", False)]
)
def test_sizes_lie_within_bounds(number: str, size: bool) -> None:
    assert is_size(number) is size


@pytest.mark.parametrize(
    ("text", "shade"), [("浅灰吧", "浅灰"), ("还是白的好", "白"), ("黑灰都行", ""), ("白跑一趟", "")]
)
def test_a_colour_alone_in_its_clause(text: str, shade: str) -> None:
    assert "".join(entity.value for entity in bare_shade(text)) == shade
