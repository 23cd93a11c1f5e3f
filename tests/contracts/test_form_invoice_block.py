from __future__ import annotations

import pytest

from bot.entities.patterns import find_entities
from contracts.form_invoice_block import invoice_block, without_account
from contracts.form_people import with_recipient
from contracts.form_values import read_slot
from contracts.form_words import Found, Words
from contracts.forms import FORMS

INVOICE = next(form for form in FORMS if form.id == "invoice_details")
HOME = "绍兴市越城区解放北路128号"


@pytest.mark.parametrize(
    ("text", "block"),
    [
        (
            f"名称：绍兴云帆纺织有限公司 税号：91330106MA2B1C2D3C 地址、电话：{HOME} 0575-88001234 "
            "开户行及账号：工行城西支行 1211 0120 0920 0012 345",
            {"bank": "工行城西支行", "account": "1211012009200012345", "own": f"{HOME} 0575-88001234"},
        ),
        ("开户行中国银行绍兴分行，账户350612345678901", {"bank": "中国银行绍兴分行", "account": "350612345678901"}),
        ("对公账号：350612345678901", {"account": "350612345678901"}),
        (f"注册地址 {HOME}，电话 0575-88001234", {"own": f"{HOME} 0575-88001234"}),
        (f"公司地址：{HOME}", {"own": HOME}),
        (f"地址是{HOME}", {}),
        (f"电话 13800001111 收货地址 {HOME}", {}),
        ("开户行没有", {}),
        ("账号多少", {}),
        ("退到支付宝账号13800001111", {}),
    ],
)
def test_what_belongs_to_the_company(text: str, block: dict[str, str]) -> None:
    assert invoice_block(text) == block


def test_an_account_is_no_tax_number() -> None:
    assert without_account("农行 账号 19105301040012345") == "农行 账号  "
    line = Words("开户行农行柯桥支行 账号 19105301040012345", within=True)
    assert read_slot(INVOICE.slot("tax_number"), line, asked=True) is None
    code = "税号913301065802345678"
    assert without_account(code) == code


def _mail_to(text: str, *, paper: bool = True, asking: bool = False) -> Found | None:
    words = Words(text, with_recipient(text, find_entities(text)), within=True, paper=paper, asking=asking)
    return read_slot(INVOICE.slot("mail_to"), words, asked=False)


@pytest.mark.parametrize(
    "text", [f"寄到{HOME} 李敏收 13800001111", f"{HOME} 李敏 13800001111", f"发票邮寄 {HOME} 李敏 13800001111"]
)
def test_where_a_paper_invoice_goes(text: str) -> None:
    assert _mail_to(text) == Found(f"{HOME}，李敏，13800001111")
    assert _mail_to(text, paper=False) is None


@pytest.mark.parametrize("text", [f"收货地址改到{HOME}", f"公司地址：{HOME}", "寄到公司吧", f"帮我把订单送到{HOME}"])
def test_other_addresses_are_not_for_the_invoice(text: str) -> None:
    assert _mail_to(text) is None
