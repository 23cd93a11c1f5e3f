from __future__ import annotations

from compliance.reading import LONGEST_UNIT, read


def test_units_and_sentences() -> None:
    reading = read("亲,可以的。运费您看下,好吗?")
    assert [reading.words(index) for index in range(len(reading.units))] == ["亲", "可以的", "运费您看下", "好吗"]
    assert [unit.sentence for unit in reading.units] == [0, 0, 1, 1]
    assert reading.text[slice(*reading.sentence(2))] == "运费您看下,好吗"


def test_unit_at_finds_the_unit_of_a_character() -> None:
    reading = read("一二,三四,五六")
    assert [reading.unit_at(place) for place in (0, 2, 3, 6)] == [0, 0, 1, 2]


def test_a_long_stretch_is_cut() -> None:
    reading = read("好" * (LONGEST_UNIT * 3))
    assert len(reading.units) == 3


def test_an_empty_text_has_no_units() -> None:
    assert read("").units == ()
    assert read("。。!").units == ()


def test_the_sentences_around_a_span_are_those_it_touches() -> None:
    text = "您好。票要加钱，别急！明天发。"
    reading = read(text)
    assert reading.around((text.index("加"), text.index("加") + 2)) == "票要加钱，别急"
    assert reading.around((text.index("急"), text.index("明") + 1)) == "票要加钱，别急！明天发"
    assert reading.around((0, len(text))) == text
    assert reading.around((len(text), len(text))) == text
    assert read("票要加钱，别急").around((0, 1)) == "票要加钱，别急"
