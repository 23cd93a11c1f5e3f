from __future__ import annotations

import pytest

from bot.entities.patterns import find_entities
from contracts.form_addresses import whole_addresses
from contracts.understanding import Entity


@pytest.mark.parametrize(
    ("text", "recognised", "whole"),
    [
        ("改到重庆市渝中区临江门1号", "重庆市渝中区", "重庆市渝中区临江门1号"),
        ("重庆市渝中区 临江门12号 谢谢", "重庆市渝中区", "重庆市渝中区 临江门12号"),
        ("上海市浦东新区示例路9号吧", "上海市浦东新区示例路9号", "上海市浦东新区示例路9号"),
        ("上海市浦东新区示例路9号手机号13800138000", "上海市浦东新区示例路9号", "上海市浦东新区示例路9号"),
        ("理工大学东区5栋208", "5栋208", "理工大学东区5栋208"),
        ("帮我改到理工大学东区5栋208", "5栋208", "理工大学东区5栋208"),
        ("两单都改成长沙市岳麓区9号", "长沙市岳麓区9号", "长沙市岳麓区9号"),
        ("我住5栋208", "5栋208", "5栋208"),
        ("上海市浦东新区示例路9号，3件", "上海市浦东新区示例路9号", "上海市浦东新区示例路9号"),
    ],
)
def test_an_address_goes_to_the_house(text: str, recognised: str, whole: str) -> None:
    start = text.index(recognised)
    (found,) = whole_addresses(text, (Entity("address", recognised, start, start + len(recognised)),))
    assert (found.value, text[found.start : found.end]) == (whole, whole)


def test_two_halves_of_an_address_are_one() -> None:
    text = "成都理工大学宿舍5栋208"
    halves = (Entity("address", "成都理工大学", 0, 6), Entity("address", "5栋208", 8, 13))
    assert whole_addresses(text, halves)[-1].value == text


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("无锡市滨湖区蠡溪路18号 水岸新都12栋501", ["无锡市滨湖区蠡溪路18号 水岸新都12栋501"]),
        ("杭州市余杭区文一西路99号，绿地世家3栋2单元501", ["杭州市余杭区文一西路99号，绿地世家3栋2单元501"]),
        ("成都市武侯区科华路5号 和 8幢1203 都改", ["成都市武侯区科华路5号", "8幢1203"]),
        ("厦门市思明区莲前东路7号 还有 6栋302", ["厦门市思明区莲前东路7号", "6栋302"]),
    ],
)
def test_the_estate_between_street_and_building_is_kept(text: str, addresses: list[str]) -> None:
    found = whole_addresses(text, find_entities(text))
    assert [entity.value for entity in found if entity.name == "address"] == addresses
