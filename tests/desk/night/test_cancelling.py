from __future__ import annotations

import pytest

from desk.night.cancelling import cancels_matter, threatens
from desk.night.taking_back import undecided


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("票就不用开了 上次申请的那张取消一下", "invoice_details"),
        ("把开票取消掉", "invoice_details"),
        ("发票取消哈 货照发", "invoice_details"),
        ("退货的申请帮我撤了", "return_refund"),
        ("取消刚才的换货", "return_refund"),
        ("改地址那个取消吧", "order_change"),
    ],
)
def test_what_is_cancelled_is_what_its_clause_names(text: str, form: str) -> None:
    found = cancels_matter(text)
    assert found is not None
    assert found.id == form


@pytest.mark.parametrize(
    "text",
    [
        "订单取消",
        "开不了专票就取消吧",
        "发票也没有 取消算了",
        "发票不要了 订单也取消",
        "发票开错 取消重拍",
        "取消吧 发票更不用了",
        "发票能取消吗",
        "发票不开了",
    ],
)
def test_the_order_a_question_and_no_cancelling_at_all(text: str) -> None:
    assert cancels_matter(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "再没人理我就退货了",
        "明天还不发我就取消",
        "拦不下来我就拒收",
        "发申通的话我就不要了",
        "不给换我就退了",
        "今晚再不动 我直接退款",
        "要不然我就取消了",
    ],
)
def test_if_it_is_not_done_then(text: str) -> None:
    assert threatens(text)


@pytest.mark.parametrize(
    "text",
    [
        "不想要了 我就退了",
        "太小了就退了吧",
        "退款",
        "取消订单",
        "不发货就能退吗",
        "买重了 我就取消一单",
        "不喜欢就直接退了",
    ],
)
def test_a_reason_is_no_condition(text: str) -> None:
    assert not threatens(text)


@pytest.mark.parametrize(
    "text",
    [
        "先别取消 我跟对象商量下",
        "先不退了 我再想想",
        "等一下 我问问我妈要不要",
        "缓缓 我再考虑考虑",
        "暂时别改 我确认下",
    ],
)
def test_who_has_to_think_or_ask_has_not_decided(text: str) -> None:
    assert undecided(text)


@pytest.mark.parametrize(
    "text", ["先别给我取消", "等下我看看税号", "稍等 我问下财务税号", "别取消了", "等会儿再发", "想想还是不取消了"]
)
def test_who_waits_for_something_else_has(text: str) -> None:
    assert not undecided(text)
