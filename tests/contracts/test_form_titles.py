from __future__ import annotations

import pytest

from contracts.form_titles import (
    names_title,
    only_wishes_something,
    person_title,
    said_holder,
    spelled_title,
    stated_title,
    without_body,
)
from contracts.forms import FORMS, PERSON, FormState, is_person

INVOICE = next(form for form in FORMS if form.id == "invoice_details")


@pytest.mark.parametrize(
    ("text", "holder", "title"),
    [
        ("补张票 个人的就行", "个人", "个人"),
        ("给我开个个人发票", "个人", "个人"),
        ("不要公司的 个人就好", "个人", "个人"),
        ("个人抬头 林晓", "个人", "林晓"),
        ("用个人名字 阿依古丽", "个人", "阿依古丽"),
        ("公司那边不报销 开个人的吧", "个人", "个人"),
        ("不是个人是单位的", "公司", None),
        ("单位的", "公司", None),
        ("个人还是公司都行", "", None),
        ("抬头弄成私人的了，得用单位的", "公司", None),
        ("发票写成公司抬头了 我想要个人的", "个人", "个人"),
        ("你们开成了个人 我们要公司报账", "公司", None),
        ("那就开成个人了", "个人", "个人"),
        ("写成个人的就行", "个人", "个人"),
        ("这个人怎么这样", "", None),
    ],
)
def test_whose_the_invoice_is(text: str, holder: str, title: str | None) -> None:
    assert said_holder(text) == holder
    assert person_title(text, ()) == title


@pytest.mark.parametrize(
    ("text", "title"),
    [("抬头 成都青禾", "成都青禾"), ("抬头 写错了", None), ("抬头 怎么写", None), ("抬头 公司", None)],
)
def test_a_title_behind_its_bare_label(text: str, title: str | None) -> None:
    assert stated_title(text) == title


@pytest.mark.parametrize(
    "text",
    [
        "抬头写我们厂的",
        "抬头用单位名称",
        "抬头是我爸公司的",
        "抬头填学校",
        "抬头开苏州公司的",
        "抬头写自己的名字",
        "抬头写企业抬头就行",
    ],
)
def test_words_that_only_say_whose_it_is_are_no_title(text: str) -> None:
    assert stated_title(text) is None


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("抬头开苏州明月服饰有限公司的", "苏州明月服饰有限公司"),
        ("抬头写明月公司", "明月公司"),
        ("抬头用金店一号", "金店一号"),
    ],
)
def test_a_name_beside_such_words_is_one(text: str, title: str) -> None:
    assert stated_title(text) == title


@pytest.mark.parametrize(
    ("title", "holder", "person"),
    [("成都青禾", "", False), ("金太阳", "公司", False), ("陈一诺", "", True), ("阿依古丽", "个人", True)],
)
def test_a_short_title_is_a_persons_or_a_companys(title: str, holder: str, person: bool) -> None:
    assert is_person(title, holder) is person


def test_an_emptied_title_is_wanted_again() -> None:
    state = FormState(INVOICE, holder="个人").filled({"invoice_title": "个人"})
    assert [slot.name for slot in state.missing()] == ["email"]
    assert "title" in [slot.name for slot in state.emptied("invoice_title").missing()]


def test_traditional_characters_say_whose_it_is_too() -> None:
    assert said_holder("開票 個人") == "个人"
    assert said_holder("開公司的 單位抬頭") == "公司"
    assert person_title("開個人發票 張曉梅", ()) == "張曉梅"


@pytest.mark.parametrize(
    "text",
    [
        "等会儿哈",
        "诶先别发货 地址错了帮我换",
        "先看看发货没",
        "帮我催一下发货",
        "我要改电话",
        "稍等",
        "麻烦快点",
        "换个颜色",
    ],
)
def test_a_line_that_asks_for_something_is_no_title(text: str) -> None:
    assert spelled_title(text) is None
    assert not names_title(text, awaited=True)


@pytest.mark.parametrize("text", ["等一下", "先帮我查物流 别催我", "麻烦快点"])
def test_nothing_but_wishes(text: str) -> None:
    assert only_wishes_something(text)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("麻烦快点 云上花坊", "云上花坊"),
        ("帮我写云溪烘焙坊", "云溪烘焙坊"),
        ("别针工坊", "别针工坊"),
        ("先锋书店", "先锋书店"),
        ("等等火锅", "等等火锅"),
    ],
)
def test_a_title_beside_a_wish_or_like_one(text: str, title: str) -> None:
    assert spelled_title(text) == title


@pytest.mark.parametrize("text", ["刘姐水饺", "老周记卤味", "云上花坊", "晨曦文具", "Momo咖啡", "好再来饭馆"])
def test_a_short_name_is_a_title_where_one_is_awaited(text: str) -> None:
    assert names_title(text, awaited=True)


@pytest.mark.parametrize(
    "text", ["快递单号", "电子发票", "还没想好", "你们客服", "我再看看", "12345678", "没有", "谢谢老板"]
)
def test_other_words_are_no_title_even_then(text: str) -> None:
    assert not names_title(text, awaited=True)


@pytest.mark.parametrize(
    ("text", "named"), [("刘姐水饺", True), ("王记馄饨", True), ("云上花坊", False), ("日记本套装", False)]
)
def test_a_trader_s_name_is_a_title_by_itself(text: str, named: bool) -> None:
    assert names_title(text) == named


@pytest.mark.parametrize(
    "text", ["我没有公司呀", "哪有什么公司 我自己用的", "用我的名字 赵小兰", "我就是自己买的", "没得单位嘛"]
)
def test_who_has_no_company_wants_a_personal_invoice(text: str) -> None:
    assert (said_holder(text) or without_body(text)) == PERSON


@pytest.mark.parametrize("text", ["我没有公司税号", "没有公司全称", "写我公司名字", "我们公司没有抬头"])
def test_who_lacks_something_of_a_company_has_one(text: str) -> None:
    assert said_holder(text) != PERSON
    assert not without_body(text)
