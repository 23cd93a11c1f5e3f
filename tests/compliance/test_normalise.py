from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.normalise import normalise


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("ＡＢＣ，好", "abc,好"),
        ("開發票", "开发票"),
        ("加薇信", "加微信"),
        ("加V聊", "加微信聊"),
        ("➕V", "加微信"),
        ("薇❤:xia_2024", "微信:xia_2024"),
        ("加\u200b微\u200b信", "加微信"),
        ("微.信", "微信"),
        ("weixin", "微信"),
        ("扣扣群", "qq群"),
        ("我要开fp", "我要开发票"),
        ("付 歀", "付款"),
        ("加 6 个 点", "加6个点"),
        ("加六个点", "加6个点"),
        ("百分之六", "6%"),
        ("七十二小时内", "72小时内"),
        ("幺三八零零零零幺二三四", "13800001234"),
        ("⑥个点", "6个点"),
        ("6️⃣个点", "6个点"),
        ("1 3 9 1 2 3", "139123"),
        ("返線", "返现"),
        ("薇 x i n", "微信"),
        ("企 鹅 号", "qq号"),
        ("在这里说就好\n平台会处理", "在这里说就好。平台会处理"),
        ("加\n微\n信", "加微信"),
    ],
)
def test_undoes_what_hides_a_word(written: str, read: str) -> None:
    assert normalise(written).text == read


@pytest.mark.parametrize("kept", ["一定到", "统一开", "万一", "第一次", "最佳", "vivo手机", "一点点", "svip会员"])
def test_leaves_plain_words_alone(kept: str) -> None:
    assert normalise(kept).text == kept


@pytest.mark.parametrize("kept", ["维❤权", "维 修", "微\u200b笑"])
def test_a_heart_within_a_word_stands_for_nothing(kept: str) -> None:
    assert "微信" not in normalise(kept).text


def test_spans_lead_back_to_what_was_written() -> None:
    written = "您加➕V❤X聊"
    reading = normalise(written)
    start = reading.text.index("微信")
    first, last = reading.span(start, start + 2)
    assert written[first:last] in ("V❤X", "➕V❤X")


@given(st.text(max_size=200))
def test_any_text_is_read_and_every_character_has_an_origin(text: str) -> None:
    reading = normalise(text)
    assert len(reading.text) == len(reading.origins)
    assert all(0 <= origin < max(1, len(text)) for origin in reading.origins)
    assert list(reading.origins) == sorted(reading.origins)


def test_lone_surrogates_and_control_characters_vanish() -> None:
    assert normalise("加\ud800微\x00信\x1b").text == "加微信"
