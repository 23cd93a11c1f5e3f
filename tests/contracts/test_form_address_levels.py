from __future__ import annotations

import pytest

from contracts.form_address_levels import (
    BUILDING,
    CITY,
    DISTRICT,
    NUMBER,
    PROVINCE,
    ROAD,
    ROOM,
    UNIT,
    bare_levels,
    mended_address,
    parts_of,
)

HOME = "浙江省杭州市西湖区文三路1号2幢3单元502室"


def test_an_address_is_read_from_the_province_to_the_room() -> None:
    assert [(part.level, part.text) for part in parts_of(HOME)] == [
        (PROVINCE, "浙江省"),
        (CITY, "杭州市"),
        (DISTRICT, "西湖区"),
        (ROAD, "文三路"),
        (NUMBER, "1号"),
        (BUILDING, "2幢"),
        (UNIT, "3单元"),
        (ROOM, "502室"),
    ]


def test_nothing_of_an_address_is_lost_in_its_parts() -> None:
    for address in (HOME, "上海市浦东新区世纪大道100号环球金融中心12楼", "昆山市玉山镇前进东路科教园旁边小卖部"):
        assert "".join(part.text for part in parts_of(address)) == address
    assert parts_of("随便") == ()


@pytest.mark.parametrize(
    ("new", "mended"),
    [
        ("文三路11号", "浙江省杭州市西湖区文三路11号2幢3单元502室"),
        ("天目山路11号", "浙江省杭州市西湖区天目山路11号"),
        ("5幢", "浙江省杭州市西湖区文三路1号5幢3单元502室"),
        ("4单元601室", "浙江省杭州市西湖区文三路1号2幢4单元601室"),
        ("余杭区", "浙江省杭州市余杭区文三路1号2幢3单元502室"),
    ],
)
def test_the_named_parts_are_replaced_and_the_rest_is_kept(new: str, mended: str) -> None:
    assert mended_address(HOME, new, wrong=True) == mended


def test_an_address_that_stands_for_itself_mends_nothing() -> None:
    assert mended_address(HOME, "南京市鼓楼区中山路8号", wrong=True) is None
    assert mended_address(HOME, "随便", wrong=True) is None
    assert mended_address("随便", "5幢", wrong=True) is None


def test_another_district_without_a_word_of_a_mistake_keeps_both() -> None:
    both = mended_address(HOME, "江宁区天元路9号", wrong=False)
    assert both is not None
    assert both.startswith("江宁区天元路9号")
    assert HOME in both


@pytest.mark.parametrize(
    ("text", "wrong", "found"),
    [
        ("门牌错了 是文三路11号", True, "文三路11号"),
        ("是2幢", False, "2幢"),
        ("少写了 3单元502", True, "3单元502"),
        ("谢谢", True, ""),
        ("502", False, ""),
    ],
)
def test_pieces_of_an_address_are_told_from_other_words(text: str, wrong: bool, found: str) -> None:
    assert bare_levels(text, wrong=wrong) == found
