from __future__ import annotations

import pytest

from tests.compliance.texts import check, material, said


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("原价200元给您改成80", "改成80"),
        ("原价200元给您改成160", None),
        ("拍下改价打三折", "三折"),
        ("给您改到八折", None),
        ("不能改到三折", None),
        ("改价减60%", "减60%"),
        ("原价100元改价减80元", "减80元"),
        ("改成80吧", None),
        ("标价200的。给您改成80", "改成80"),
        ("这件200元。给您改成80", "改成80"),
        ("热线95338,您打这个。给您改成80", None),
    ],
)
def test_an_edit_may_take_off_half(text: str, found: str | None) -> None:
    reprice = check("reprice", most=0.5, about=["改"])
    assert said(text, reprice.find(material(text))) == found


def test_the_buyer_may_name_the_price() -> None:
    reprice = check("reprice", most=0.5, about=["改"])
    assert reprice.find(material("给您改成80", buyer__text="原价200元的能少点吗")) is not None
