from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from contracts.errors import InputError
from contracts.text import MAX_CHARACTERS, NormalText, as_is, clean, clean_lines, clean_optional, normalise
from contracts.traditional import SIMPLIFIED, TRADITIONAL

ANY_TEXT = st.text(st.characters(codec=None), max_size=60)
"""Every code point: control characters, lone surrogates and unassigned ones too."""


@pytest.mark.parametrize(
    ("original", "plain"),
    [
        pytest.param("ＯＫ１２", "ok12", id="full width"),
        pytest.param("①②㈢", "12(三)", id="circled and bracketed digits"),
        pytest.param("開發票嗎", "开发票吗", id="traditional"),
        pytest.param("发\u200b票\ufeff", "发票", id="zero width"),
        pytest.param("微\u00ad信", "微信", id="soft hyphen"),
        pytest.param("a\tb\nc\u3000d", "a b c d", id="white space"),
        pytest.param("VX", "vx", id="upper case"),
        pytest.param("ﬁ㎏", "fikg", id="ligature and unit sign"),
        pytest.param("\x00\x07\x7f票", "票", id="control characters"),
        pytest.param("票\ud800", "票", id="lone surrogate"),
        pytest.param("👌🏻好的", "👌🏻好的", id="emoji"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_normalised_form(original: str, plain: str) -> None:
    assert normalise(original).text == plain


@pytest.mark.parametrize(
    ("original", "found", "covers"),
    [
        ("亲，要開ＦＡ票", "开fa票", "開ＦＡ票"),
        ("加①②③号", "23", "②③"),
        ("发\u200b\u200b票的", "发票", "发\u200b\u200b票"),
        ("每㎏５元", "kg5", "㎏５"),
        ("每㎏５元", "g", "㎏"),
        ("cafe\u0301店", "\u0301店", "\u0301店"),
        ("𝐕𝐗号", "vx", "𝐕𝐗"),
    ],
)
def test_span_leads_back_to_what_was_typed(original: str, found: str, covers: str) -> None:
    text = normalise(original)
    start = text.text.index(found)
    begin, end = text.span(start, start + len(found))
    assert original[begin:end] == covers


def test_empty_span_stays_empty_and_inside() -> None:
    text = normalise("发\u200b票")
    assert text.span(1, 1) == (2, 2)
    assert text.span(2, 2) == (3, 3)
    assert normalise("").span(0, 0) == (0, 0)


@given(ANY_TEXT)
@example("İ\u0130ﷺ\U0001f468\u200d\U0001f469")
def test_any_text_normalises_and_every_span_is_inside(original: str) -> None:
    normal = normalise(original)
    assert len(normal.text) == len(normal.origins)
    assert list(normal.origins) == sorted(normal.origins)
    for start in range(len(normal.text)):
        begin, end = normal.span(start, len(normal.text))
        assert 0 <= begin < end <= len(original)
    normal.text.encode("utf-8")


def test_map_may_widen_drop_and_keep_characters() -> None:
    doubled = as_is("甲乙丙").map(lambda text, at: {"甲": "aa", "乙": ""}.get(text[at], text[at]))
    assert doubled == NormalText("甲乙丙", "aa丙", (0, 0, 2))
    assert doubled.span(2, 3) == (2, 3)


def test_traditional_pairs_are_one_to_one() -> None:
    assert len(TRADITIONAL) == len(SIMPLIFIED)
    assert len(set(TRADITIONAL)) == len(TRADITIONAL)
    assert not any(old == new for old, new in zip(TRADITIONAL, SIMPLIFIED, strict=True))


@pytest.mark.parametrize(
    ("raw", "safe"),
    [
        pytest.param("  能 开\n\n发票\t吗 ", "能 开 发票 吗", id="white space"),
        pytest.param("能\x00开\x07票\x1b[31m", "能开票[31m", id="control characters"),
        pytest.param("能开\ud83d票\udc4c", "能开票", id="lone surrogates"),
        pytest.param("能\u200b开\u2060票\u202e", "能开票", id="invisible characters"),
        pytest.param("能\x1e开", "能 开", id="record separator"),
        pytest.param("ＯＫ開", "ＯＫ開", id="width and script stay as typed"),
    ],
)
def test_cleaned_form(raw: str, safe: str) -> None:
    assert clean(raw) == safe


@pytest.mark.parametrize("nothing", ["", " ", "\u3000\n\t ", "\x00\x01", "\u200b\ufeff", "\ud800", " " * 100_000])
def test_nothing_left_is_an_input_error_that_names_the_field(nothing: str) -> None:
    with pytest.raises(InputError, match="previous_agent is empty"):
        clean(nothing, field="previous_agent")


@pytest.mark.parametrize(("raw", "safe"), [("", ""), ("\u200b\x00 ", ""), (" 能\n开 ", "能 开")])
def test_where_nothing_may_be_left_it_is_no_error(raw: str, safe: str) -> None:
    assert clean_optional(raw) == safe


@pytest.mark.parametrize("unit", ["票", "票 ", "\u200b票", "👌", "\ud800a"])
def test_a_hundred_thousand_characters_are_cut(unit: str) -> None:
    safe = clean(unit * (100_000 // len(unit)))
    assert len(safe) <= MAX_CHARACTERS
    assert len(safe) >= MAX_CHARACTERS // 2


@given(ANY_TEXT)
def test_cleaned_text_is_safe_to_store_and_send(raw: str) -> None:
    try:
        safe = clean(raw)
    except InputError:
        return
    safe.encode("utf-8")
    assert safe == safe.strip()
    assert "  " not in safe
    assert not any(unicodedata.category(character) in {"Cc", "Cf", "Cs"} for character in safe)


def test_a_cut_does_not_leave_a_blank_at_the_end() -> None:
    assert not clean("票" * (MAX_CHARACTERS - 1) + " 了").endswith(" ")


@given(ANY_TEXT)
def test_cleaning_twice_changes_nothing(raw: str) -> None:
    try:
        once = clean(raw)
    except InputError:
        return
    assert clean(once) == once


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("您好\n发票今天开\n请留意邮箱", "您好\n发票今天开\n请留意邮箱"),
        ("您好\r\n\r\n\r\n 发票\u200b  今天开 \r请留意\u2028邮箱\n", "您好\n\n发票 今天开\n请留意\n邮箱"),
        ("\n \n您好\x00\n\n", "您好"),
        ("\n\t\n", ""),
    ],
)
def test_line_breaks_stay_where_a_person_reads_them(typed: str, kept: str) -> None:
    assert clean_lines(typed) == kept


@given(ANY_TEXT)
def test_lines_cleaned_twice_change_nothing_and_say_the_same(raw: str) -> None:
    once = clean_lines(raw)
    assert clean_lines(once) == once
    assert clean_optional(once) == clean_optional(raw)
    once.encode("utf-8")


def test_many_lines_are_cut() -> None:
    assert len(clean_lines("票\n" * 50_000)) <= MAX_CHARACTERS
