from __future__ import annotations

import pytest

from compliance.kinds.check import Check
from contracts.platform import Platform
from tests.compliance.texts import check, material


@pytest.fixture
def contact() -> Check:
    return check(
        "contact",
        channels=["wechat", "qq", "messenger", "phone", "mail", "link", "code", "elsewhere"],
        domains={"all": ["gov.cn"], "jd": ["jd.com"], "taobao": ["taobao.com"]},
        names={"jd": ["京东"], "taobao": ["淘宝", "天猫"]},
    )


@pytest.mark.parametrize(
    "text",
    [
        "加微信聊",
        "加我好友",
        "qq聊",
        "加我的Q，382910445",
        "打我手机",
        "联系13812345678",
        "发邮件到abc@qq.com",
        "www.abc.com下单",
        "abcshop点com",
        "扫这个码",
        "去拼多多搜我们",
        "钉钉上也有我们",
        "我把名片推给您",
        "有福利群，进来看",
        "群号发您",
        "图发不了，您薇我",
        "头像旁边那串数字就是我的扣",
        "主页有联系方式",
        "留个号我打给您",
        "打0571 后面 8877 66 55",
    ],
)
def test_ways_out_are_found(contact: Check, text: str) -> None:
    assert contact.find(material(text, Platform.JD)) is not None


@pytest.mark.parametrize(
    "text",
    [
        "可以用微信支付",
        "不能加微信的",
        "快递员电话是13812345678",
        "退货寄到杭州1号仓，电话13812345678",
        "看这里item.jd.com/100.html",
        "在京东下单就好",
        "订单号13812345678",
        "取件要扫码",
        "Q弹的口感",
        "客服热线95338",
        "进粉丝群领券",
        "这款面向中老年人群",
        "本单扣款失败",
        "退货电话0571-88776655，寄到1号仓",
        "2026年11月25日发出",
    ],
)
def test_what_is_fine_is_left(contact: Check, text: str) -> None:
    assert contact.find(material(text, Platform.JD)) is None


def test_domains_and_names_belong_to_their_platform(contact: Check) -> None:
    assert contact.find(material("看item.jd.com/1.html", Platform.TAOBAO)) is not None
    assert contact.find(material("去京东下单", Platform.TAOBAO)) is not None
    assert contact.find(material("查www.tax.gov.cn", Platform.TAOBAO)) is None


def test_the_number_of_the_buyer_may_be_repeated(contact: Check) -> None:
    assert contact.find(material("您的13812345678对吗", buyer__text="我13812345678")) is None
    assert contact.find(material("您的13812345678对吗", buyer__text="在吗")) is not None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("支付宝微信都行", False),
        ("微信、支付宝都可以付", False),
        ("微信或银行卡都支持", False),
        ("支付宝微信转给我都行", True),
        ("支付宝和微信都行，加微信聊", True),
    ],
)
def test_wechat_among_ways_to_pay_is_no_way_out(contact: Check, text: str, found: bool) -> None:
    assert (contact.find(material(text, Platform.JD)) is not None) is found
