from __future__ import annotations

import pytest

from bot.entities.patterns import find_entities
from contracts.form_changes import MORE, is_masked, lacking, new_value
from contracts.form_people import with_recipient
from contracts.form_steps import advance, start
from contracts.form_words import Found, Words
from contracts.forms import FORMS
from contracts.understanding import Entity

ORDER_CHANGE_FORM = next(form for form in FORMS if form.id == "order_change")
SLOT = ORDER_CHANGE_FORM.slot("value")
ITEM, NOTE, QUANTITY, ADDRESS = (f"order_change/{name}" for name in ("item", "note", "quantity", "address"))
WHITE = (("colour", "白色"),)


def _read(
    text: str,
    *before: tuple[str, str],
    topic: str = "",
    about: str = "",
    asked: bool = False,
    asking: bool = False,
    elsewhere: bool = False,
) -> Found | None:
    entities = with_recipient(text, find_entities(text))
    line = Words(text, entities, topic, asking=asking, within=True, about=about, before=before, elsewhere=elsewhere)
    return new_value(SLOT, line, asked)


def _parts(found: Found | None) -> dict[str, str]:
    assert found is not None
    return dict(found.parts)


def test_a_second_note_stands_beside_the_first() -> None:
    before = (NOTE, "备注一下用纸箱")
    more = _read("再夹一张感谢卡", before, topic=NOTE)
    assert more is not None
    assert (more.value, more.adds) == ("备注一下用纸箱；再夹一张感谢卡", True)
    assert _parts(_read("备注写错了 用布袋", before, topic=NOTE)) == {NOTE: "备注写错了 用布袋"}
    assert _parts(_read("备注：袋子要红的", before)) == {NOTE: "备注一下用纸箱；备注：袋子要红的"}
    assert _parts(_read("数量改成6盒", ("count", "5盒"), topic=QUANTITY)) == {"count": "数量改成6盒"}


def test_one_thing_more_replaces_no_value() -> None:
    assert _parts(_read("另外袜子也换成灰色", *WHITE)) == {MORE: "另外袜子也换成灰色"}
    assert _parts(_read("还有绑个丝带", *WHITE)) == {MORE: "还有绑个丝带"}
    assert _parts(_read("也要一个礼品袋", *WHITE)) == {"count": "也要一个礼品袋"}
    assert _parts(_read("还有尺码改成L", *WHITE)) == {"size": "L"}
    assert _read("还有你们发货真慢", *WHITE, elsewhere=True) is None


@pytest.mark.parametrize(
    ("text", "before", "whole", "short"),
    [
        ("安徽省芜湖市", (), "安徽省芜湖市", True),
        ("镜湖区", (("address", "安徽省芜湖市"),), "安徽省芜湖市镜湖区", True),
        ("镜湖区北京中路6号", (("address", "安徽省芜湖市"),), "安徽省芜湖市镜湖区北京中路6号", False),
        ("镜湖区", (), "镜湖区", True),
        ("汇金广场B座", (("address", "安徽省芜湖市镜湖区"),), "安徽省芜湖市镜湖区汇金广场B座", False),
    ],
)
def test_an_address_in_pieces_is_short_until_it_names_a_house(
    text: str, before: tuple[tuple[str, str], ...], whole: str, short: bool
) -> None:
    found = _read(text, *before, about=ADDRESS, asked=True)
    assert found is not None
    assert _parts(found)["address"] == whole
    assert (found.short, found.mends) == (short, False)


def test_a_region_that_is_spoken_of_is_no_new_address() -> None:
    known = ("address", "安徽省芜湖市镜湖区北京中路6号")
    assert _read("安徽现在停发了吗", known, asking=True) is None
    assert _read("我在合肥上班", known) is None
    assert _parts(_read("改成安徽省合肥市", known, topic=ADDRESS)) == {"address": "安徽省合肥市"}


def test_a_size_that_is_asked_about_is_none_unless_it_was_asked_for() -> None:
    assert _read("42码会大吗", *WHITE, asking=True) is None
    assert _parts(_read("42码可以吗", *WHITE, asking=True, asked=True)) == {"size": "42码"}


def test_a_number_with_stars_is_no_number() -> None:
    found = _read("安徽省芜湖市镜湖区北京中路6号 李敏 138****2233", about=ADDRESS)
    assert found is not None
    assert found.short
    assert lacking(dict(found.parts)) == "phone"
    same = _read("电话没换", *found.parts, asked=True)
    assert same is not None
    assert not same.short
    assert not is_masked(dict(same.parts)["phone"])
    assert _read("138****2233", ("phone", "13811112233")) is None


def test_an_address_wanted_beside_a_colour_is_asked_for() -> None:
    text = "颜色改白色 地址也改到我公司"
    colour = Entity("colour", "白色", 3, 5)
    begun = start(ORDER_CHANGE_FORM, Words(text, (colour,), "order_change/item"), {"order_number": "1"})
    assert begun.say == "form.order_change.value.house"
    told = "无锡市滨湖区太湖大道9号"
    place = Entity("address", told, 0, len(told))
    done = advance(begun.state, Words(told, (place,), within=True), stop=False, about_it=True)
    assert done.say == "form.order_change.done"
    assert done.state.value("new_value") == f"白色，{told}"


@pytest.mark.parametrize(
    "text", ["没货就发灰的", "如果没有米白 灰的也行", "万一缺货就换黑色吧", "米白要是没有了 蓝的也可以"]
)
def test_what_would_do_as_well_replaces_nothing(text: str) -> None:
    found = _read(text, ("colour", "米白"))
    assert found is not None
    assert (dict(found.parts), found.adds) == ({MORE: text}, True)


def test_a_wish_and_what_would_do_as_well() -> None:
    text = "换成米白 没有的话浅灰也可以"
    assert _parts(_read(text, topic=ITEM)) == {"colour": "米白", MORE: text}
    assert _parts(_read("换成浅灰色吧", ("colour", "米白"), topic=ITEM)) == {"colour": "浅灰色"}


@pytest.mark.parametrize("text", ["放门口鞋柜里", "搁物业就中", "送到楼下小卖部吧"])
def test_where_to_leave_a_parcel_stands_beside_the_address(text: str) -> None:
    home = ("address", "成都市武侯区科华路5号2栋")
    assert _parts(_read(text, home, elsewhere=True)) == {MORE: text}
    assert _read(text, ("colour", "米白"), elsewhere=True) is None
    beside = _read(text, ("address", "成都市武侯区"))
    assert _parts(beside) == {MORE: text}
    assert beside is not None
    assert beside.short


@pytest.mark.parametrize("text", ["其他都没变", "就街道写错了 后面的都对", "门牌都对的", "别的照旧"])
def test_the_rest_of_an_address_stays(text: str) -> None:
    found = _read(text, ("address", "高新区石羊街道"), about=ADDRESS, asked=True)
    assert _parts(found) == {"address": "高新区石羊街道（买家说其余不变）"}
    assert found is not None
    assert not found.short
