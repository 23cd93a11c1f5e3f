from __future__ import annotations

import pytest

from contracts.masking import mask, mask_values


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("我电话13812345678谢谢", "我电话[电话x]谢谢"),
        ("打１３８１２３４５６７８", "打[电话x]"),
        ("138 1234 5678 或 +86-13812345678", "[电话x] 或 [电话x]"),
        ("座机0571-88888888", "座机[电话x]"),
        ("一三八一二三四五六七八", "[电话x]"),
        ("订单电话13812345678", "订单电话[电话x]"),
        ("身份证110101199003071234可以吗", "身份证[身份证号x]可以吗"),
        ("身份证11010119900307123X", "身份证[身份证号x]"),
        ("卡号6222021234567890123", "卡号[账号x]"),
        ("发票发到 Li.Wei@Example.com。", "发票发到 [邮箱x]。"),
        ("13812345678@qq.com", "[邮箱x]"),
        ("加微信：xiaoli_88", "加微信：[账号x]"),
        ("QQ 12345678", "QQ [账号x]"),
        ("浙江省杭州市余杭区文一西路969号3幢502室", "[地址x]"),
        ("寄到北京市朝阳区幸福花园8栋2单元1201，谢谢", "寄到[地址x]，谢谢"),
        ("幸福小区5号楼3-201", "[地址x]"),
        ("我的地址是 Green Lane 12, 2. OG", "我的地址是 [地址x], 2. OG"),
    ],
)
def test_what_tells_who_somebody_is_goes(text: str, masked: str) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "",
        "能开专票吗",
        "订单号 2026112012345678901 到哪了",
        "满300减50，3件8折",
        "今天16:00前付款，11月22日24点前发货",
        "亲，您先看下商品详情页的尺码表哦～",
        "市场价199元，路上要3天",
        "我在小区门口",
        "iPhone15 Pro 256G 一台",
        "不同地址是分开发的",
        "\ud800\u200b",
    ],
)
def test_everything_else_stays(text: str) -> None:
    assert mask(text) == text


@pytest.mark.parametrize("piece", ["路", "号", "1-", "区1号", "a@", "地址是", "一三", "138 ", "微信"])
def test_long_odd_texts_are_read_in_one_go(piece: str) -> None:
    assert isinstance(mask(piece * 1000), str)


def test_values_of_a_body_are_masked_and_ids_are_not() -> None:
    body = {"message": "13812345678abcdef0123456789abcde", "n": 1, "shown": [{"text": "打13812345678"}], "none": None}
    assert mask_values(body) == {**body, "shown": [{"text": "打[电话x]"}]}
