from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.gaps import close_gaps
from contracts.text import as_is, normalise


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("另 收 您 6 个 点", "另收您6个点"),
        ("另收😊您6🌹个点", "另收您6个点"),
        ("可以开票的 话加6 个点 哦", "可以开票的话加6个点哦"),
        ("我们店另外加 收的税点", "我们店另外加收的税点"),
        ("加~税~点", "加税点"),
        ("微··信", "微信"),
    ],
)
def test_a_torn_word_is_whole_again(written: str, read: str) -> None:
    assert close_gaps(as_is(written)).text == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("发票可以开的 税点我们承担", "发票可以开的,税点我们承担"),
        ("税点我们出😊您不用管", "税点我们出,您不用管"),
        ("在的亲~发票可以开的~", "在的亲,发票可以开的,"),
        ("好的   请稍等一下", "好的,请稍等一下"),
    ],
)
def test_between_phrases_stands_a_comma(written: str, read: str) -> None:
    assert close_gaps(as_is(written)).text == read


def test_a_new_line_ends_a_sentence() -> None:
    assert close_gaps(as_is("可以开票的\n运费您出")).text == "可以开票的。运费您出"
    assert close_gaps(as_is("好 \n 的")).text == "好。的"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("要2 3天发货", "要2 3天发货"),
        ("打6.5折", "打6.5折"),
        ("1😊0天", "10天"),
        ("1·0天", "10天"),
        ("v i v o", "vivo"),
        ("iphone case", "iphone case"),
        ("t a o b a o . c o m", "taobao.com"),
        ("1 3 9 1 2 3", "139123"),
    ],
)
def test_between_letters_and_digits(written: str, read: str) -> None:
    assert close_gaps(as_is(written)).text == read


def test_punctuation_and_text_without_separators_stay() -> None:
    plain = as_is("亲,发票可以开的。您放心")
    assert close_gaps(plain) is plain


def test_text_written_downwards_is_read_across() -> None:
    assert close_gaps(as_is("加\n微\n信\n聊")).text == "加微信聊"
    assert close_gaps(as_is("好的\n是\n这边给您开")).text == "好的。是。这边给您开"


@given(st.text(alphabet="加微信6v .~…😊,。\n", max_size=60))
def test_every_character_keeps_its_origin(text: str) -> None:
    closed = close_gaps(normalise(text))
    assert len(closed.text) == len(closed.origins)
    assert list(closed.origins) == sorted(closed.origins)
    kept = [(mark, origin) for mark, origin in zip(closed.text, closed.origins, strict=True) if mark not in ",。. "]
    assert all(text[origin] == mark for mark, origin in kept)
