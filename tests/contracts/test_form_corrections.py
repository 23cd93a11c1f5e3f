from __future__ import annotations

import pytest

from bot.entities.patterns import find_entities
from contracts.form_address_levels import mended_address, parts_of
from contracts.form_corrections import corrected_parts, doubts
from contracts.form_people import with_recipient

BEFORE = {"address": "浙江省杭州市西湖区文三路1号3幢502", "person_name": "王五", "phone": "13800001111"}


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("打错 是8幢", {"address": "浙江省杭州市西湖区文三路1号8幢502"}),
        ("是8幢", {"address": "浙江省杭州市西湖区文三路1号8幢502"}),
        ("门牌不对 应该是17号", {"address": "浙江省杭州市西湖区文三路17号3幢502"}),
        ("写成西湖区了 是拱墅区不是西湖区", {"address": "浙江省杭州市拱墅区文三路1号3幢502"}),
        ("幢号写错了 是8", {"address": "浙江省杭州市西湖区文三路1号8幢502"}),
        ("楼栋不对，应该是12", {"address": "浙江省杭州市西湖区文三路1号12幢502"}),
        ("幢数看错 是8幢", {"address": "浙江省杭州市西湖区文三路1号8幢502"}),
        ("单元是2", {}),
        ("不是3幢 是4幢", {"address": "浙江省杭州市西湖区文三路1号4幢502"}),
        ("漏写了 2单元", {"address": "浙江省杭州市西湖区文三路1号3幢2单元502"}),
        ("房号错了 1203", {"address": "浙江省杭州市西湖区文三路1号3幢1203"}),
        ("路名错了 是古翠路", {"address": "浙江省杭州市西湖区古翠路1号3幢502"}),
        ("是古翠路8号", {"address": "浙江省杭州市西湖区古翠路8号"}),
        ("是503不是502", {"address": "浙江省杭州市西湖区文三路1号3幢503"}),
        ("收件人不是王五 是汪五", {"person_name": "汪五"}),
        ("名字打错了 叫王武", {"person_name": "王武"}),
        ("收货人写我妈 李秀兰", {"person_name": "李秀兰"}),
        ("手机尾号错了 应该是2222", {"phone": "13800002222"}),
        ("尾号1111改成1121", {"phone": "13800001121"}),
        ("改成南京市鼓楼区中山路9号", {}),
        ("错了 是505", {"address": "浙江省杭州市西湖区文三路1号3幢505"}),
        ("大概11号能到吗", {}),
        ("我要2个", {}),
        ("好的谢谢", {}),
    ],
)
def test_only_the_part_that_is_set_right_changes(text: str, changed: dict[str, str]) -> None:
    assert corrected_parts(text, with_recipient(text, find_entities(text)), BEFORE) == changed


def test_a_bare_number_of_a_house_counts_after_a_doubt() -> None:
    assert corrected_parts("17号", (), BEFORE) == {}
    assert corrected_parts("17号", (), BEFORE, doubted=True) == {"address": "浙江省杭州市西湖区文三路17号3幢502"}


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("门牌写错了", True),
        ("那个手机号不对", True),
        ("写错地址了", True),
        ("发错货了", False),
        ("你们地址也送错了", False),
        ("杯子漏水", False),
    ],
)
def test_a_line_that_says_that_something_given_is_wrong(text: str, doubt: bool) -> None:
    assert doubts(text) is doubt


def test_another_district_without_a_word_of_a_mistake_keeps_both() -> None:
    old = BEFORE["address"]
    after = mended_address(old, "鼓楼区中山路9号", wrong=False)
    assert after == f"鼓楼区中山路9号（原先写的是{old}）"
    assert mended_address(old, "江苏省南京市鼓楼区中山路9号", wrong=True) is None


def test_a_town_of_its_own_stands_below_its_city() -> None:
    texts = [part.text for part in parts_of("江苏省苏州市昆山市玉山镇人民路8号锦绣花园3期2号楼1单元301")]
    assert texts == ["江苏省", "苏州市", "昆山市", "玉山镇", "人民路", "8号", "锦绣花园3期", "2号楼", "1单元", "301"]
