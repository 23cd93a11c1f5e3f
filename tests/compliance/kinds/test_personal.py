from __future__ import annotations

import pytest

from compliance.kinds.check import Check
from tests.compliance.texts import check, material


@pytest.fixture
def personal() -> Check:
    return check("personal", whose=["收件人", "他"], places=["\\d{1,3}栋\\d{1,4}"], except_=["退货地址"])


@pytest.mark.parametrize("text", ["收件人13812345678", "身份证110101199003071234", "住3栋502"])
def test_data_the_buyer_did_not_give(personal: Check, text: str) -> None:
    assert personal.find(material(text)) is not None


def test_data_the_buyer_gave_and_the_shop_itself(personal: Check) -> None:
    assert personal.find(material("收件人13812345678", buyer__text="电话13812345678")) is None
    assert personal.find(material("住3栋502", buyer__is_orderer=True)) is None
    assert personal.find(material("退货地址3栋502，收件人13812345678")) is None
    assert personal.find(material("客服13812345678")) is None
