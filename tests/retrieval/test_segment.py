from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.segment import tagged, terms, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("能开发票吗", {"发票"}),
        ("發票", {"发票"}),
        ("ＥＭＳ可以发吗", {"ems"}),
        ("什么时候发货？？", {"什么", "时候", "发货"}),
        ("增值税专用发票", {"专用", "发票", "增值税"}),
    ],
)
def test_words_and_the_shorter_words_inside(text: str, expected: set[str]) -> None:
    assert expected <= set(terms(text))


def test_filler_and_punctuation_are_left_out() -> None:
    assert not {"的", "吗", "，", "？", " "} & set(terms("我的票，能开吗？ "))


def test_a_text_of_filler_alone_keeps_it() -> None:
    assert terms("在吗")
    assert terms("你好 在")


@pytest.mark.parametrize("text", ["", " ", "？！…", "\x00", "\u200b"])
def test_nothing_to_search_for(text: str) -> None:
    assert terms(text) == []


@settings(deadline=None, derandomize=True)
@given(st.text(st.characters(codec=None), max_size=40))
def test_any_text_is_safe(text: str) -> None:
    assert all(any(character.isalnum() for character in term) for term in terms(text))


def test_words_carry_their_part_of_speech_and_lose_nothing() -> None:
    assert tagged("台灯保修")[0] == ("台灯", "n")
    for text in ("台灯保修几年 ？", "ok的"):
        assert "".join(word for word, _ in tagged(text)) == "".join(words(text)) == text
