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
    lacks_the_room,
    mended_address,
    parts_of,
    reaches_the_house,
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


@pytest.mark.parametrize(
    ("pieces", "whole"),
    [
        (("湖南省", "长沙市", "岳麓区", "麓山南路25号"), "湖南省长沙市岳麓区麓山南路25号"),
        (("成都", "武侯区桐梓林北路6号", "2栋1203"), "成都武侯区桐梓林北路6号2栋1203"),
        (("广东", "佛山", "南海区桂城街道"), "广东佛山南海区桂城街道"),
        (("上海市浦东新区", "张江路500弄3号"), "上海市浦东新区张江路500弄3号"),
        (("湖南省长沙市", "长沙市岳麓区麓山南路25号"), "湖南省长沙市岳麓区麓山南路25号"),
        (("长沙岳麓区", "岳麓区麓山南路25号"), "长沙岳麓区麓山南路25号"),
    ],
)
def test_pieces_that_follow_one_another_make_an_address(pieces: tuple[str, ...], whole: str) -> None:
    address = pieces[0]
    for piece in pieces[1:]:
        together = mended_address(address, piece, wrong=False)
        assert together is not None
        address = together
    assert address == whole


@pytest.mark.parametrize(
    ("address", "house"),
    [
        ("广州", False),
        ("新疆", False),
        ("湖南省长沙市岳麓区", False),
        ("湖南省长沙市岳麓区麓山南路", False),
        ("四川省巴中市南江县正直镇", False),
        ("河南省周口市太康县符草楼镇张庄村", True),
        ("湖南省长沙市岳麓区师范大学", True),
        ("上海市浦东新区张江路500弄3号", True),
        ("科华北路菜鸟驿站", True),
    ],
)
def test_an_address_reaches_the_house_or_not(address: str, house: bool) -> None:
    assert reaches_the_house(address) is house


def test_behind_a_building_comes_the_room() -> None:
    assert lacks_the_room("麓山南路25号2栋")
    assert not lacks_the_room("麓山南路25号")
    assert bare_levels("1203", wrong=True, room=True) == "1203"


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


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("是高新区石羊街道 不是石桥街道", "高新区石羊街道"),
        ("不是石桥街道是石羊街道", "石羊街道"),
        ("是石羊街道不是石桥街道", "石羊街道"),
        ("镇写错，不是新桥镇，是新市镇", "新市镇"),
        ("不是石桥街道", ""),
    ],
)
def test_the_place_that_is_refused_is_none(text: str, levels: str) -> None:
    assert bare_levels(text, wrong=True) == levels


def test_a_stretch_belongs_to_its_street() -> None:
    assert [part.text for part in parts_of("顺城大街中18号2栋")] == ["顺城大街中", "18号", "2栋"]
