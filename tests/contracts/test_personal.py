from __future__ import annotations

from contracts.personal import accounts, addresses, bank_cards, identity_cards, mails, phones, spelt_phones


def test_numbers_come_bare() -> None:
    assert [found.bare for found in phones("打138-0000-1234或者+86 13900001111")] == ["13800001234", "13900001111"]
    assert [found.bare for found in identity_cards("110101199003071234")] == ["110101199003071234"]
    assert [found.bare for found in bank_cards("6222 0200 1234 5678 901")] == ["6222020012345678901"]


def test_longer_numbers_are_none_of_these() -> None:
    assert list(phones("2138123456789")) == []
    assert list(identity_cards("1110101199003071234")) == []
    assert list(identity_cards("110101199013071234")) == []


def test_where_things_stand() -> None:
    assert [(found.start, found.end) for found in mails("发到a.b@c.cn吧")] == [(2, 10)]
    assert [(found.start, found.end) for found in accounts("微信号:xiaoli_88")] == [(4, 13)]
    assert [(found.start, found.end) for found in spelt_phones("打一三八一二三四五六七八")] == [(1, 12)]


def test_an_address_has_two_parts_at_least() -> None:
    assert [(found.start, found.end) for found in addresses("寄到余杭区文一西路969号,谢谢")] == [(2, 13)]
    assert list(addresses("我在小区门口,3楼")) == []
