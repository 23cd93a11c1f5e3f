from __future__ import annotations

import pytest

from contracts.form_numbers import Told, bare_number, replaced, told_numbers


@pytest.mark.parametrize(
    ("text", "figures", "old"),
    [
        ("要不36吧", "36", ""),
        ("打错啦 是4410", "4410", ""),
        ("37有点小 38就好", "38", ""),
        ("不是4401 是4410", "4410", ""),
        ("是4410不是4401", "4410", "4401"),
        ("4401改成4410", "4410", "4401"),
        ("还是1.8吧", "1.8", ""),
    ],
)
def test_the_number_of_a_line_that_says_hardly_more(text: str, figures: str, old: str) -> None:
    bare = bare_number(text)
    assert bare is not None
    assert (bare.figures, text[bare.start : bare.end]) == (figures, figures)
    if old:
        assert bare.old == old


@pytest.mark.parametrize("text", ["等了36天", "36块行吗", "我家36楼", "满300减40", "220118833771122009", "K36"])
def test_numbers_with_a_unit_or_a_matter_of_their_own_are_not_bare(text: str) -> None:
    assert bare_number(text) is None


TOLD = [
    Told("order", "7102", "尾号7102"),
    Told("phone", "3344", "13811113344"),
    Told("address", "1203", "科华北路65号1203"),
]


@pytest.mark.parametrize(
    ("text", "kind"),
    [("不对是7120", "order"), ("错了 3345", "phone"), ("写错了 1205", "address"), ("错了 9999", None), ("7120", None)],
)
def test_a_number_takes_the_place_of_what_it_is_most_like(text: str, kind: str | None) -> None:
    bare = bare_number(text)
    assert bare is not None
    found = replaced(text, bare, TOLD, sized=False)
    assert (found.kind if found else None) == kind


def test_a_size_is_chosen_anew_without_a_word_of_a_mistake() -> None:
    bare = bare_number("还是38吧")
    assert bare is not None
    told = told_numbers([("colour", "白色"), ("size", "37码"), ("address", "示例路37号")], None, 2)
    assert [one.kind for one in told] == ["size", "address"]
    found = replaced("还是38吧", bare, told, sized=False)
    assert found == Told("size", "37", "37码")
    assert replaced("还是38吧", bare, [], sized=False) is None
    assert replaced("还是38吧", bare, [], sized=True) == Told("size", "", "")


def test_what_a_size_is_measured_in_stays() -> None:
    assert [Told("size", "500", value).unit for value in ("500ml", "500码", "500")] == ["ml", "", ""]
