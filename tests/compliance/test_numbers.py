from __future__ import annotations

from compliance.numbers import papers, phones


def test_finds_telephones_however_they_are_split() -> None:
    assert [digits for *_, digits in phones("打138-0000-1234或者13900001111")] == ["13800001234", "13900001111"]


def test_order_and_parcel_numbers_are_no_telephones() -> None:
    assert list(phones("订单号13800001234")) == []
    assert list(phones("编号1380000123456")) == []
    assert [digits for *_, digits in phones("在订单页。13800001234")] == ["13800001234"]


def test_finds_identity_and_bank_cards() -> None:
    assert [digits for *_, digits in papers("身份证110101199003071234")] == ["110101199003071234"]
    assert [digits for *_, digits in papers("6222 0200 1234 5678 901")] == ["6222020012345678901"]
