from __future__ import annotations

import pytest

from tests.compliance.texts import check, material, said

ASKS = ["怎么称呼"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("李女士您好", None),
        ("王女士您好", "王女士"),
        ("小李你好", "小李"),
        ("李哥你好", "李哥"),
        ("请问怎么称呼您", "怎么称呼"),
        ("您不是王女士", None),
        ("请把小李子发来称重", None),
    ],
)
def test_an_address_fits_the_name_that_was_said(text: str, found: str | None) -> None:
    surname = check("surname", asks=ASKS)
    assert said(text, surname.find(material(text, buyer__text="我姓李，改地址"))) == found


def test_without_a_name_nothing_is_wrong() -> None:
    surname = check("surname", asks=ASKS)
    assert surname.find(material("请问怎么称呼您")) is None
    assert surname.find(material("请问怎么称呼您", buyer__text="改地址")) is None


def test_a_whole_name_says_the_surname() -> None:
    assert check("surname", asks=ASKS).find(material("王先生您好", buyer__text="我叫张伟")) is not None
