from __future__ import annotations

import pytest

from compliance.options import OptionError
from tests.compliance.texts import check, material, said

ITEMS = [r"\d款", r"\d{6,12}"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("看看1款和2款", None),
        ("看看1款、2款和3款吧", "1款、2款和3款"),
        ("1款好,1款便宜,1款耐穿", None),
        ("1款2款都有,没有3款", None),
        ("您说要看1款2款3款", None),
    ],
)
def test_words_are_counted_once(text: str, found: str | None) -> None:
    assert said(text, check("many", of=ITEMS, most=2).find(material(text))) == found


@pytest.mark.parametrize(
    ("signs", "text", "found"),
    [
        ("stress", "快拍！快拍!", None),
        ("stress", "快拍！快!好吗？", "！快!好吗？"),
        ("emoji", "好的😊收到🌹", None),
        ("emoji", "😊好的😊收到🌹哈", "😊好的😊收到🌹"),
        ("emoji", "30℃以下水洗™℃", None),
        ("stress", "？！？", "？！？"),
    ],
)
def test_signs_are_counted_as_typed(signs: str, text: str, found: str | None) -> None:
    assert said(text, check("many", signs=signs, most=2).find(material(text))) == found


def test_a_shout_is_three_marks_in_a_row() -> None:
    shouts = check("many", signs="shouts", most=0)
    assert said("跟您说了！！！真的", shouts.find(material("跟您说了！！！真的"))) == "！！！"
    assert shouts.find(material("好！好！好！")) is None


def test_what_must_stand_beside_it_and_what_silences_it() -> None:
    several = check("many", of=ITEMS, most=1, along=["推荐"], unless=["对比"])
    assert several.find(material("1款2款")) is None
    assert several.find(material("推荐1款2款")) is not None
    assert several.find(material("推荐1款2款,对比图在这")) is None


@pytest.mark.parametrize("options", [{}, {"of": ITEMS, "signs": "emoji"}, {"of": ITEMS, "most": -1}])
def test_options_that_cannot_be_used(options: dict[str, object]) -> None:
    with pytest.raises(OptionError):
        check("many", **{"most": 1, **options})
