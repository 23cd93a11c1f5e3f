from __future__ import annotations

import pytest

from compliance.kinds.check import Check
from compliance.options import OptionError
from tests.compliance.texts import check, material, said


def offers(least: float = 0.1) -> Check:
    return check("compensation", about=["坏", "赔"], least=least, token=5, except_=["差价"])


@pytest.mark.parametrize(
    ("text", "buyer", "found"),
    [
        ("给您3元赔偿可以吗", "", "3元"),
        ("给您8元赔偿可以吗", "", None),
        ("赔您8元", "300块买的", "8元"),
        ("赔您8元", "30块买的", None),
        ("赔您五毛", "坏了", "五毛"),
        ("补您3元", "坏了，补我3元", None),
        ("退您3元差价，坏的给您换", "", None),
        ("不会只赔您3元", "", None),
        ("退您3元", "改地址", None),
        ("运费3元，坏了包退", "", None),
    ],
)
def test_an_offer_is_held_against_the_price(text: str, buyer: str, found: str | None) -> None:
    about = material(text, buyer__text=buyer) if buyer else material(text)
    assert said(text, offers().find(about)) == found


def test_the_part_lies_between_nothing_and_all() -> None:
    with pytest.raises(OptionError, match="between 0 and 1"):
        offers(least=1)
